import type { Day } from "../domain/calendar.ts";
import type { Viewpoint } from "../reports/page.ts";
import type { AppDeps } from "./deps.ts";

/** This place, now. */
export function viewpoint(deps: Pick<AppDeps, "vantage" | "clock" | "config">): Viewpoint {
  return {
    vantage: deps.vantage().name,
    now: deps.clock(),
    intervalMs: deps.config.probeIntervalMs,
  };
}

/** The calendar day in the reporting time zone, now. */
export function today(deps: Pick<AppDeps, "clock" | "config">): Day {
  // The Swedish form of a date is YYYY-MM-DD.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: deps.config.reportTimezone });
  return format.format(deps.clock());
}
