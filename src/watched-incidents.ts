import type { LiveBus } from "./domain/live.ts";
import type { Logger } from "./log.ts";
import type { PortalMetrics } from "./metrics/portal-store.ts";
import type { ServiceMetrics } from "./metrics/service-metrics.ts";
import { openCommonCauses } from "./reports/incidents/common-causes.ts";
import { countOpenIncidents } from "./reports/incidents/counts.ts";
import { openByPortal } from "./reports/incidents/open-by-portal.ts";
import { activeWindows, maintainedPortals } from "./reports/maintained-sql.ts";
import { rereading } from "./rereading.ts";
import type { Database } from "./store/database.ts";

/** How often the database is asked without being told of a change: windows begin, other processes write. */
const POLL_MS = 15_000;

/** Keeps the series of incidents and maintenance equal to the database. */
export interface WatchedIncidents {
  /** Reads and passes on what is open; calls that overlap share the next reading. */
  readonly refresh: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Whose series follow the incidents. */
interface Followers {
  readonly portalMetrics: Pick<PortalMetrics, "setIncidents" | "setMaintained">;
  readonly serviceMetrics: Pick<
    ServiceMetrics,
    "setIncidentCounts" | "setCommonCauses" | "setActiveWindows"
  >;
  readonly live: LiveBus;
}

/** Starts with nothing; the first `refresh` brings everything, and what the bus tells of incidents leads to another. */
export function watchIncidents(
  db: Database,
  { portalMetrics, serviceMetrics, live }: Followers,
  { log, clock }: { log: Pick<Logger, "warn">; clock: () => number },
): WatchedIncidents {
  const read = async () => {
    const now = clock();
    const [open, counts, causes, maintained, windows] = await Promise.all([
      openByPortal(db),
      countOpenIncidents(db),
      openCommonCauses(db),
      maintainedPortals(db, now),
      activeWindows(db, now),
    ]);
    portalMetrics.setIncidents(open);
    portalMetrics.setMaintained(maintained);
    serviceMetrics.setCommonCauses(causes);
    serviceMetrics.setActiveWindows(windows);
    serviceMetrics.setIncidentCounts(counts);
  };
  const reading = rereading(read, {
    log,
    failed: "open incidents could not be read",
    everyMs: POLL_MS,
  });
  const unsubscribe = live.subscribe(({ type }) => {
    if (type === "incidents") reading.refreshSoon();
  });
  const stop = () => {
    unsubscribe();
    return reading.stop();
  };
  return { refresh: reading.refresh, stop };
}
