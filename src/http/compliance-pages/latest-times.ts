import type { Family } from "../../domain/family.ts";
import { type LatencyRow, listLatency } from "../../reports/portal-latency.ts";
import type { LatencyFacts } from "../../web/compliance/latency-section.ts";
import type { Lang } from "../../web/lang.ts";
import { dayText, timeText } from "../../web/time-text.ts";
import type { AppDeps } from "../deps.ts";

/** Enough to hold both families of several vantage points. */
const SPANS_READ = 16;

/** The last whole day of a portal's probes from this place, the last hour where there is no day yet; null before that. */
export async function latestTimes(
  { db, config }: AppDeps,
  portal: number,
  vantage: string,
): Promise<(lang: Lang) => LatencyFacts | null> {
  const timezone = config.reportTimezone;
  for (const span of ["day", "hour"] as const) {
    const page = { limit: SPANS_READ, after: null };
    const { rows } = await listLatency(db, portal, { span, timezone }, page);
    const own = rows.filter((row) => row.vantage === vantage);
    const start = own[0]?.start;
    if (start === undefined) continue;
    const of = (family: Family): LatencyRow | null =>
      own.find((row) => row.start === start && row.family === family) ?? null;
    const families = { ip4: of("ip4"), ip6: of("ip6") };
    return (lang) => ({
      span: span === "day" ? dayText(start, lang) : timeText(start, { lang, timezone }),
      families,
    });
  }
  return () => null;
}
