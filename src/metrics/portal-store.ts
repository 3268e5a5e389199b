import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { FAMILIES, type Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";
import { isFresh, portalState, type PortalState } from "../domain/portal-state.ts";
import type { PortalStanding } from "../reports/standings.ts";
import { linesOf } from "./blocks.ts";
import type { Slot } from "./line-table.ts";
import { addResult, perFamily, type PortalFacts } from "./portal-families.ts";
import { type IncidentNames, namesByPortal, type PortalIncident } from "./portal-incidents.ts";
import type { PortalMetricsInfo } from "./portal-info.ts";
import { PortalLines, type Runs } from "./portal-lines.ts";
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

type Entry = { -readonly [Name in keyof PortalFacts]: PortalFacts[Name] } & {
  /** Runs that began before this instant went to another URL. */
  readonly since: number;
  /** Where the lines of the portal itself are. */
  readonly head: Slot;
  readonly runs: Runs;
};

/** Where the results come from, how old they may be, and what time it is. */
interface PortalMetricsOptions {
  readonly vantage: string;
  readonly intervalMs: number;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** Old runs that are taken away in one turn of the event loop, in some milliseconds. */
const DROPPED_AT_ONCE = 200;

/**
 * An empty set of series for one vantage point, after the design of kube-state-metrics: a portal's lines are
 * rendered when its run ends, and a scrape only copies bytes. Every scrape, also a slow one and several at once,
 * reads the state of the instant it began.
 */
export function createPortalMetrics(options: PortalMetricsOptions): PortalMetrics {
  return new PortalStore(options);
}

class PortalStore implements PortalMetrics {
  readonly #entries = new Map<number, Entry>();
  /** By portal, of those that are not set too: one may come, or come back. */
  readonly #standings = new Map<number, PortalStanding>();
  #incidents: ReadonlyMap<number, IncidentNames> = new Map();
  #maintained = new Set<number>();
  readonly #counts = new StandingCounts();
  readonly #provinces = new ProvinceCounts();
  readonly #lines: PortalLines;
  readonly #options: PortalMetricsOptions;

  constructor(options: PortalMetricsOptions) {
    this.#options = options;
    this.#lines = new PortalLines(options.vantage);
  }

  setPortal(info: PortalMetricsInfo): void {
    const known = this.#entries.get(info.portal);
    const kept = known?.info.url === info.url ? known : undefined;
    const runs = kept?.runs ?? this.#lines.beginRuns(info.url, known?.runs);
    const state = this.#stateOf(info, runs);
    const incidents = this.#incidentsOf(info);
    const since = kept?.since ?? (known === undefined ? 0 : this.#options.clock());
    const standing = this.#standingOf(info);
    const certificate = certificateOf(runs);
    // In before out: a province with one portal that changes does not begin anew.
    this.#count({ info, standing }, 1);
    if (known) this.#count(known, -1);
    const head = known?.head ?? this.#lines.addHead();
    const entry = { info, state, standing, incidents, certificate, since, head, runs };
    this.#entries.set(info.portal, entry);
    this.#lines.showHead(entry.head, entry);
  }

  removePortal(portal: number): void {
    const known = this.#entries.get(portal);
    if (!known) return;
    this.#count(known, -1);
    this.#lines.remove(known.head, known.runs);
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
      this.#lines.showHead(entry.head, entry);
    }
  }

  setMaintained(portals: readonly number[]): void {
    const before = this.#maintained;
    this.#maintained = new Set(portals);
    for (const portal of changedBetween(before, this.#maintained)) {
      const entry = this.#entries.get(portal);
      if (entry) this.#restate(entry);
    }
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
    return ReadableStream.from(this.#chunks());
  }

  async *#chunks(): AsyncGenerator<Uint8Array> {
    await this.#dropStale();
    yield* this.#lines.chunks(() => linesOf(COUNT_FAMILIES, [this.#counts.block()]));
  }

  #count({ info, standing }: Pick<Entry, "info" | "standing">, by: 1 | -1): void {
    this.#counts.count(info, standing, by);
    this.#provinces.count(info, by);
  }

  /** Takes last runs away that are too old to be shown; after a long silence these are all of them. */
  async #dropStale(): Promise<void> {
    const { clock, intervalMs } = this.#options;
    const now = clock();
    let dropped = 0;
    for (const entry of this.#entries.values()) {
      for (const family of FAMILIES) {
        const { last } = entry.runs[family].series;
        if (last === null || isFresh(last.startedAt, now, intervalMs)) continue;
        entry.runs[family].series.last = null;
        this.#refresh(entry, family);
        dropped += 1;
      }
      // Only between portals: in a turn of the event loop one may go.
      if (dropped >= DROPPED_AT_ONCE) {
        dropped = 0;
        await yieldToEventLoop();
      }
    }
  }

  /** Renders what a change of one family's series changes. */
  #refresh(entry: Entry, family: Family): void {
    this.#lines.showRun(entry.runs[family]);
    this.#restate(entry);
  }

  /** Renders what another state or certificate changes. */
  #restate(entry: Entry): void {
    const state = this.#stateOf(entry.info, entry.runs);
    const certificate = certificateOf(entry.runs);
    if (state === entry.state && certificate === entry.certificate) return;
    entry.state = state;
    entry.certificate = certificate;
    this.#lines.showHead(entry.head, entry);
  }

  /** Renders what a change of its standing changes. */
  #stand(entry: Entry): void {
    this.#counts.count(entry.info, entry.standing, -1);
    entry.standing = this.#standingOf(entry.info);
    this.#counts.count(entry.info, entry.standing, 1);
    this.#lines.showHead(entry.head, entry);
  }

  #standingOf({ portal, url }: PortalMetricsInfo): PortalStanding | null {
    const standing = this.#standings.get(portal);
    return standing?.url === url ? standing : null;
  }

  #incidentsOf({ portal }: PortalMetricsInfo): IncidentNames {
    return this.#incidents.get(portal) ?? [];
  }

  #stateOf({ portal }: PortalMetricsInfo, runs: Runs): PortalState {
    const { clock, intervalMs } = this.#options;
    const last = perFamily((family) => {
      const run = runs[family].series.last;
      return run && { outcome: run.outcome, at: run.startedAt };
    });
    const maintained = this.#maintained.has(portal);
    return portalState(last, { now: clock(), intervalMs, probed: true, maintained });
  }
}

function certificateOf(runs: Runs): string {
  return certificateLabels(perFamily((family) => runs[family].series.last?.certificate));
}

/** What is in one of them only. */
function changedBetween(one: ReadonlySet<number>, other: ReadonlySet<number>): number[] {
  return [
    ...[...one].filter((each) => !other.has(each)),
    ...[...other].filter((each) => !one.has(each)),
  ];
}
