import { isDeepStrictEqual } from "node:util";
import type { ProbeTarget } from "./domain/portal.ts";
import type { Logger } from "./log.ts";
import type { PortalMetrics, PortalMetricsInfo } from "./metrics/portal-store.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { Prober } from "./prober/index.ts";
import { listPortalLabels } from "./reports/portal-labels.ts";
import type { Database } from "./store/database.ts";
import { listTargets } from "./store/portals.ts";

/** How often the register is read again for what another process wrote into the same PostgreSQL. */
const POLL_MS = 15_000;

/** Keeps the prober's targets and the portals' series equal to the register. */
export interface WatchedPortals {
  /** Reads the register and passes on what changed; calls that overlap share the next reading. */
  readonly refresh: () => Promise<void>;
  /** The same without waiting; a fault is logged and the next reading makes up for it. */
  readonly refreshSoon: () => void;
  /** Portals that are probed. */
  readonly count: () => number;
  readonly stop: () => Promise<void>;
}

/** What is kept in step with the register. */
interface Followers {
  readonly prober: Pick<Prober, "change">;
  readonly portalMetrics: PortalMetrics;
}

/** Starts with nothing; the first `refresh` brings everything. */
export function watchPortals(
  db: Database,
  followers: Followers,
  log: Pick<Logger, "warn">,
): WatchedPortals {
  const targets = new Map<number, ProbeTarget>();
  const labels = new Map<number, PortalMetricsInfo>();
  const refresh = oneAtATime(async () => {
    const [nowTargets, nowLabels] = await Promise.all([listTargets(db), listPortalLabels(db)]);
    // Series first: a result of a portal that has none would be ignored.
    follow(labels, nowLabels, (changed, gone) => {
      for (const info of changed) followers.portalMetrics.setPortal(info);
      for (const portal of gone) followers.portalMetrics.removePortal(portal);
    });
    follow(targets, nowTargets, (changed, gone) => followers.prober.change(changed, gone));
  });
  const refreshSoon = () => {
    refresh().catch((error: unknown) => {
      log.warn({ err: error }, "the register of portals could not be read; it is tried again");
    });
  };
  const poll = setInterval(refreshSoon, POLL_MS);
  const stop = async () => clearInterval(poll);
  return { refresh, refreshSoon, count: () => targets.size, stop };
}

/** Makes `known` equal to `now` and passes on the difference, if there is one. */
function follow<Item extends { readonly portal: number }>(
  known: Map<number, Item>,
  now: readonly Item[],
  pass: (changed: Item[], gone: number[]) => void,
): void {
  const present = new Set(now.map((item) => item.portal));
  const gone = [...known.keys()].filter((portal) => !present.has(portal));
  const changed = now.filter((item) => !isDeepStrictEqual(known.get(item.portal), item));
  for (const portal of gone) known.delete(portal);
  for (const item of changed) known.set(item.portal, item);
  if (changed.length > 0 || gone.length > 0) pass(changed, gone);
}
