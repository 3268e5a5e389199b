import type { Config } from "./config.ts";
import type { Logger } from "./log.ts";
import type { ServiceMetrics } from "./metrics/service-metrics.ts";
import { type Rereading, rereading } from "./rereading.ts";
import { agencyAvailability, countedDaysMark } from "./reports/agency-availability.ts";
import { lastSuccesses } from "./reports/job-runs.ts";
import { dayIn } from "./reports/zone-day.ts";
import type { Database } from "./store/database.ts";
import { JOBS } from "../jobs/index.ts";

/**
 * Keeps the series of what jobs leave behind equal to the database: when each went well, and availability.
 * Starts with nothing, and reads at once; after that whoever knows that a job ran asks for it, which is every minute.
 * `clock`: milliseconds since the epoch.
 */
export function watchJobs(
  db: Database,
  {
    serviceMetrics,
  }: { readonly serviceMetrics: Pick<ServiceMetrics, "setJobSuccesses" | "setAvailability"> },
  options: {
    readonly config: Pick<Config, "reportTimezone" | "vantageName">;
    readonly log: Pick<Logger, "warn">;
    readonly clock: () => number;
  },
): Rereading {
  const { reportTimezone, vantageName: vantage } = options.config;
  const names = JOBS.map(({ name }) => name);
  let shown = "";
  const read = async () => {
    serviceMetrics.setJobSuccesses(await lastSuccesses(db, names));
    const today = dayIn(reportTimezone, options.clock());
    // Two months of roll-ups are read when hours were added to days, and when a month begins.
    const mark = `${today} ${await countedDaysMark(db)}`;
    if (mark === shown) return;
    serviceMetrics.setAvailability(await agencyAvailability(db, { vantage, today }));
    shown = mark;
  };
  const reading = rereading(read, {
    log: options.log,
    failed: "job runs and availability could not be read for metrics",
  });
  reading.refreshSoon();
  return reading;
}
