import { isDeepStrictEqual } from "node:util";
import { FAMILIES, type Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";
import { isFresh, portalState, type PortalState } from "../domain/portal-state.ts";
import type { PortalStanding } from "../reports/standings.ts";
import { type Block, makeBlock, streamGroups } from "./blocks.ts";
import { renderLabels } from "./exposition.ts";
import { type IncidentNames, namesByPortal, type PortalIncident } from "./portal-incidents.ts";
import type { PortalMetricsInfo } from "./portal-info.ts";
import {
  addResult,
  emptySeries,
  perFamily,
  PORTAL_FAMILIES,
  RUN_FAMILIES,
  type RunSeries,
} from "./portal-families.ts";
import { ProvinceCounts, type ProvinceResults } from "./province-results.ts";
import { certificateLabels } from "./shown-certificate.ts";
import { COUNT_FAMILIES, StandingCounts } from "./standing-counts.ts";

export type { PortalMetricsInfo } from "./portal-info.ts";

/** The series of /metrics/portals: rendered when something changes, copied when they are scraped. */
export interface PortalMetrics {
  /** Adds a probed portal, or changes what is said of it; a new URL starts its series anew. */
  setPortal(info: PortalMetricsInfo): void;
  /** Takes every series of a portal away from the next scrape on; unknown numbers are ignored. */
  removePortal(portal: number): void;
  /** Takes in one result; confirmations (attempt > 0), runs to an earlier URL and portals that are not set are ignored. */
  record(result: ProbeResult): void;
  /**
   * Takes in what audits have come to, also of portals that are not set yet; a standing whose last audit is older
   * than that of the known one is ignored, and one of another URL is not shown.
   */
  setStandings(standings: readonly PortalStanding[]): void;
  /** Takes in all incidents that are open: a portal that is not among them has none any more. */
  setIncidents(open: readonly PortalIncident[]): void;
  /** Takes in all portals, by number, that are in maintenance now. */
  setMaintained(portals: readonly number[]): void;
  /** Scheduled runs that could tell, of portals outside maintenance, by province: for the service's own metrics. */
  provinceResults(): readonly ProvinceResults[];
  /** The exposition text of this instant, in chunks, at the pace of the reader. */
  scrape(): ReadableStream<Uint8Array>;
}

interface Entry {
  info: PortalMetricsInfo;
  /** Runs that began before this instant went to another URL. */
  readonly since: number;
  state: PortalState;
  standing: PortalStanding | null;
  incidents: IncidentNames;
  /** Labels of the certificate that the last runs saw. */
  certificate: string;
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
  /** By portal, of those that are not set too: one may come, or come back. */
  readonly #standings = new Map<number, PortalStanding>();
  #incidents: ReadonlyMap<number, IncidentNames> = new Map();
  #maintained: ReadonlySet<number> = new Set();
  readonly #counts = new StandingCounts();
  readonly #provinces = new ProvinceCounts();
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
    const state = this.#stateOf(info, runs);
    const incidents = this.#incidentsOf(info);
    const since = kept?.since ?? (known === undefined ? 0 : this.#options.clock());
    const standing = this.#standingOf(info);
    const certificate = certificateOf(runs);
    // In before out: a province with one portal that changes does not begin anew.
    this.#count({ info, standing }, 1);
    if (known) this.#count(known, -1);
    const shown = { info, state, standing, incidents, certificate };
    this.#entries.set(info.portal, { ...shown, since, head: renderHead(shown), runs });
  }

  removePortal(portal: number): void {
    const known = this.#entries.get(portal);
    if (known) this.#count(known, -1);
    this.#entries.delete(portal);
  }

  setStandings(standings: readonly PortalStanding[]): void {
    for (const standing of standings) {
      const known = this.#standings.get(standing.portal);
      if (known && known.lastAudit > standing.lastAudit) continue;
      if (isDeepStrictEqual(known, standing)) continue;
      this.#standings.set(standing.portal, standing);
      const entry = this.#entries.get(standing.portal);
      if (entry) this.#stand(entry);
    }
  }

  setIncidents(open: readonly PortalIncident[]): void {
    this.#incidents = namesByPortal(open);
    for (const entry of this.#entries.values()) {
      const incidents = this.#incidentsOf(entry.info);
      if (isDeepStrictEqual(incidents, entry.incidents)) continue;
      entry.incidents = incidents;
      entry.head = renderHead(entry);
    }
  }

  setMaintained(portals: readonly number[]): void {
    this.#maintained = new Set(portals);
    for (const entry of this.#entries.values()) this.#restate(entry);
  }

  record(result: ProbeResult): void {
    const entry = this.#entries.get(result.portal);
    if (entry === undefined || result.attempt > 0 || result.startedAt < entry.since) return;
    addResult(entry.runs[result.family].series, result);
    if (!this.#maintained.has(result.portal)) this.#provinces.add(entry.info, result.outcome);
    this.#refresh(entry, result.family);
  }

  provinceResults(): readonly ProvinceResults[] {
    return this.#provinces.read();
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
      { families: COUNT_FAMILIES, blocks: [this.#counts.block()] },
    ]);
  }

  #count({ info, standing }: Pick<Entry, "info" | "standing">, by: 1 | -1): void {
    this.#counts.count(info, standing, by);
    this.#provinces.count(info, by);
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
    this.#restate(entry);
  }

  /** Renders what another state or certificate changes. */
  #restate(entry: Entry): void {
    const state = this.#stateOf(entry.info, entry.runs);
    const certificate = certificateOf(entry.runs);
    if (state === entry.state && certificate === entry.certificate) return;
    entry.state = state;
    entry.certificate = certificate;
    entry.head = renderHead(entry);
  }

  /** Renders what a change of its standing changes. */
  #stand(entry: Entry): void {
    this.#counts.count(entry.info, entry.standing, -1);
    entry.standing = this.#standingOf(entry.info);
    this.#counts.count(entry.info, entry.standing, 1);
    entry.head = renderHead(entry);
  }

  #standingOf({ portal, url }: PortalMetricsInfo): PortalStanding | null {
    const standing = this.#standings.get(portal);
    return standing?.url === url ? standing : null;
  }

  #incidentsOf({ portal }: PortalMetricsInfo): IncidentNames {
    return this.#incidents.get(portal) ?? [];
  }

  #stateOf({ portal }: PortalMetricsInfo, runs: Entry["runs"]): PortalState {
    const { clock, intervalMs } = this.#options;
    const last = perFamily((family) => {
      const run = runs[family].series.last;
      return run && { outcome: run.outcome, at: run.startedAt };
    });
    const maintained = this.#maintained.has(portal);
    return portalState(last, { now: clock(), intervalMs, probed: true, maintained });
  }
}

function renderRun(series: RunSeries, info: PortalMetricsInfo, family: Family, vantage: string) {
  const labels = renderLabels({ instance: info.url, family, vantage });
  return makeBlock(RUN_FAMILIES.map(({ render }) => render(series, labels)));
}

function certificateOf(runs: Entry["runs"]): string {
  return certificateLabels(perFamily((family) => runs[family].series.last?.certificate));
}

function renderHead(
  subject: Pick<Entry, "info" | "state" | "standing" | "incidents" | "certificate">,
): Block {
  const { slug, url } = subject.info;
  const labels = renderLabels({ portal: slug, instance: url });
  return makeBlock(PORTAL_FAMILIES.map(({ render }) => render(subject, labels)));
}
