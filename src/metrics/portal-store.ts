import { FAMILIES, type Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";
import { isFresh, portalState, type PortalState } from "../domain/portal-state.ts";
import { type Block, makeBlock, streamGroups } from "./blocks.ts";
import { renderLabels } from "./exposition.ts";
import type { PortalMetricsInfo } from "./portal-info.ts";
import {
  addResult,
  emptySeries,
  perFamily,
  PORTAL_FAMILIES,
  RUN_FAMILIES,
  type RunSeries,
} from "./portal-families.ts";

export type { PortalMetricsInfo } from "./portal-info.ts";

/** The series of /metrics/portals: rendered when something changes, copied when they are scraped. */
export interface PortalMetrics {
  /** Adds a probed portal, or changes what is said of it; a new URL starts its series anew. */
  setPortal(info: PortalMetricsInfo): void;
  /** Takes every series of a portal away from the next scrape on; unknown numbers are ignored. */
  removePortal(portal: number): void;
  /** Takes in one result; confirmations (attempt > 0), runs to an earlier URL and portals that are not set are ignored. */
  record(result: ProbeResult): void;
  /** The exposition text of this instant, in chunks, at the pace of the reader. */
  scrape(): ReadableStream<Uint8Array>;
}

interface Entry {
  info: PortalMetricsInfo;
  /** Runs that began before this instant went to another URL. */
  readonly since: number;
  state: PortalState;
  /** Lines of the portal itself. */
  head: Block;
  readonly runs: Record<Family, { readonly series: RunSeries; block: Block }>;
}

/** Where the results come from, how old they may be, and what time it is. */
interface PortalMetricsOptions {
  readonly vantage: string;
  readonly intervalMs: number;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/**
 * An empty set of series for one vantage point, after the design of kube-state-metrics: a portal's lines are
 * rendered when its run ends, and a scrape only copies bytes. Blocks are never changed, so that every scrape,
 * also a slow one and several at once, reads the state of the instant it began.
 */
export function createPortalMetrics(options: PortalMetricsOptions): PortalMetrics {
  return new PortalStore(options);
}

class PortalStore implements PortalMetrics {
  readonly #entries = new Map<number, Entry>();
  readonly #options: PortalMetricsOptions;

  constructor(options: PortalMetricsOptions) {
    this.#options = options;
  }

  setPortal(info: PortalMetricsInfo): void {
    const known = this.#entries.get(info.portal);
    const kept = known?.info.url === info.url ? known : undefined;
    const runs = perFamily((family) => {
      const series = kept?.runs[family].series ?? emptySeries();
      return { series, block: renderRun(series, info, family, this.#options.vantage) };
    });
    const state = this.#stateOf(runs);
    const since = kept?.since ?? (known === undefined ? 0 : this.#options.clock());
    this.#entries.set(info.portal, { info, since, state, head: renderHead(info, state), runs });
  }

  removePortal(portal: number): void {
    this.#entries.delete(portal);
  }

  record(result: ProbeResult): void {
    const entry = this.#entries.get(result.portal);
    if (entry === undefined || result.attempt > 0 || result.startedAt < entry.since) return;
    addResult(entry.runs[result.family].series, result);
    this.#refresh(entry, result.family);
  }

  scrape(): ReadableStream<Uint8Array> {
    this.#dropStale();
    const all = [...this.#entries.values()];
    return streamGroups([
      {
        families: RUN_FAMILIES,
        blocks: all.flatMap(({ runs }) => FAMILIES.map((family) => runs[family].block)),
      },
      { families: PORTAL_FAMILIES, blocks: all.map(({ head }) => head) },
    ]);
  }

  /** Takes last runs away that are too old to be shown. */
  #dropStale(): void {
    const now = this.#options.clock();
    for (const entry of this.#entries.values()) {
      for (const family of FAMILIES) {
        const { series } = entry.runs[family];
        if (series.last === null) continue;
        if (isFresh(series.last.startedAt, now, this.#options.intervalMs)) continue;
        series.last = null;
        this.#refresh(entry, family);
      }
    }
  }

  /** Renders what a change of one family's series changes. */
  #refresh(entry: Entry, family: Family): void {
    const run = entry.runs[family];
    run.block = renderRun(run.series, entry.info, family, this.#options.vantage);
    const state = this.#stateOf(entry.runs);
    if (state === entry.state) return;
    entry.state = state;
    entry.head = renderHead(entry.info, state);
  }

  #stateOf(runs: Entry["runs"]): PortalState {
    const { clock, intervalMs } = this.#options;
    const last = perFamily((family) => {
      const run = runs[family].series.last;
      return run && { outcome: run.outcome, at: run.startedAt };
    });
    return portalState(last, { now: clock(), intervalMs, probed: true });
  }
}

function renderRun(series: RunSeries, info: PortalMetricsInfo, family: Family, vantage: string) {
  const labels = renderLabels({ instance: info.url, family, vantage });
  return makeBlock(RUN_FAMILIES.map(({ render }) => render(series, labels)));
}

function renderHead(info: PortalMetricsInfo, state: PortalState): Block {
  const labels = renderLabels({ portal: info.slug, instance: info.url });
  return makeBlock(PORTAL_FAMILIES.map(({ render }) => render({ info, state }, labels)));
}
