import type { Config } from "./config.ts";
import type { Logger } from "./log.ts";
import { type CoverageMetrics, createCoverageMetrics } from "./metrics/coverage-store.ts";
import type { CoverageWorkMetrics } from "./metrics/coverage-work-metrics.ts";
import { coverageMark, coverageMetricsData, importFacts } from "./reports/coverage/metrics-data.ts";
import { submissionsWaiting } from "./reports/coverage-imports/submissions.ts";
import { type Rereading, rereading } from "./rereading.ts";
import { roundCounts, roundsMark } from "./reports/coverage-rounds/counts.ts";
import { dayIn } from "./reports/zone-day.ts";
import type { Database } from "./store/database.ts";

/** How often the register is looked at for what another process wrote into the same PostgreSQL. */
const POLL_MS = 60_000;

/** Keeps the series of coverage equal to the register. */
export interface WatchedCoverage extends Rereading {
  readonly metrics: CoverageMetrics;
}

/** Starts with nothing, and reads everything at once. `clock`: milliseconds since the epoch. */
export function watchCoverage(
  db: Database,
  { serviceMetrics }: { readonly serviceMetrics: CoverageWorkMetrics },
  options: {
    readonly config: Pick<Config, "reportTimezone">;
    readonly log: Pick<Logger, "warn">;
    readonly clock: () => number;
  },
): WatchedCoverage {
  const metrics = createCoverageMetrics();
  let shown = "";
  let roundsShown = "";
  const readRounds = async (figures: string) => {
    serviceMetrics.setCoverageWaiting(await submissionsWaiting(db));
    const mark = `${figures} ${await roundsMark(db)}`;
    if (mark === roundsShown) return;
    const { reportTimezone: timezone } = options.config;
    serviceMetrics.setCoverageRounds(await roundCounts(db, { now: options.clock(), timezone }));
    roundsShown = mark;
  };
  const read = async () => {
    const today = dayIn(options.config.reportTimezone, options.clock());
    // A new day can bring targets into force.
    const mark = `${today} ${await coverageMark(db)}`;
    await readRounds(mark);
    if (mark === shown) return;
    serviceMetrics.setCoverageImports(await importFacts(db));
    await metrics.set(await coverageMetricsData(db, today));
    shown = mark;
  };
  const reading = rereading(read, {
    log: options.log,
    failed: "coverage figures could not be read for metrics",
    everyMs: POLL_MS,
  });
  reading.refreshSoon();
  return { metrics, ...reading };
}
