import { FAMILIES } from "../domain/family.ts";
import type { Outcome, ProbeResult } from "../domain/observation.ts";

/** The last scheduled run of a portal, family and vantage point; instants in milliseconds since the epoch. */
export interface KnownRun {
  readonly scheduledAt: number;
  /** Since when outcome and failure have been so. */
  readonly since: number;
  readonly outcome: Outcome;
  /** Kind of the failure, or why it was skipped. */
  readonly failure: string | null;
}

/** What a batch means for the last runs. */
export interface NewestRuns {
  /** Results that are the last ones now, with since when it has been so. */
  readonly since: ReadonlyMap<ProbeResult, number>;
  /** Scheduled runs that are newer than any that is stored of their place: their rows cannot be there yet. */
  readonly newer: ReadonlySet<ProbeResult>;
  /** The batch's first scheduled run of each place of which only the rows can tell: not known, or not newer than what is. */
  readonly unsure: readonly ProbeResult[];
}

interface Seen {
  readonly first: ProbeResult;
  /** Null: only the rows can tell. */
  newest: ProbeResult | null;
}

/** Vantage points are numbered by a smallint. */
const VANTAGES = 2 ** 15;

/**
 * The last runs as the database holds them. True only while every batch is committed, and for vantage points of which this
 * process alone writes: after one that was not, a new memory is begun.
 */
export class LatestMemory {
  readonly #known = new Map<number, KnownRun>();

  /** Takes in results, which are in the order of their scheduled times for each place. */
  take(results: readonly ProbeResult[], vantages: ReadonlyMap<string, number>): NewestRuns {
    const places = new Map<number, Seen>();
    const newer = new Set<ProbeResult>();
    for (const result of results) {
      if (result.attempt !== 0) continue;
      const key = keyOf(result, vantages.get(result.vantage) ?? 0);
      const seen = places.get(key);
      if (seen?.newest === null) continue;
      const known = this.#known.get(key);
      // Rows hold whole milliseconds.
      const isNewer = known !== undefined && Math.trunc(result.scheduledAt) > known.scheduledAt;
      if (isNewer) newer.add(result);
      this.#replace(key, isNewer ? known : null, result);
      if (seen) seen.newest = isNewer ? result : null;
      else places.set(key, { first: result, newest: isNewer ? result : null });
    }
    return { ...this.#judged(places), newer };
  }

  /** Learns the last run of a place from its row. */
  learn(place: Pick<ProbeResult, "portal" | "family">, vantage: number, run: KnownRun): void {
    this.#known.set(keyOf(place, vantage), run);
  }

  #replace(key: number, known: KnownRun | null, result: ProbeResult): void {
    if (known === null) {
      this.#known.delete(key);
      return;
    }
    const { scheduledAt, outcome } = result;
    const failure = storedFailure(result);
    const isSame = outcome === known.outcome && failure === known.failure;
    const since = isSame ? known.since : scheduledAt;
    this.#known.set(key, { scheduledAt, since, outcome, failure });
  }

  #judged(places: ReadonlyMap<number, Seen>): Omit<NewestRuns, "newer"> {
    const since = new Map<ProbeResult, number>();
    const unsure: ProbeResult[] = [];
    for (const [key, { first, newest }] of places) {
      const known = this.#known.get(key);
      if (newest === null || known === undefined) unsure.push(first);
      else since.set(newest, known.since);
    }
    return { since, unsure };
  }
}

/** What the column `failure` holds of a run: the kind, or why it was skipped. */
export function storedFailure({ failure, skipReason }: ProbeResult): string | null {
  return failure?.kind ?? skipReason ?? null;
}

function keyOf(
  { portal, family }: Pick<ProbeResult, "portal" | "family">,
  vantage: number,
): number {
  return (portal * FAMILIES.length + FAMILIES.indexOf(family)) * VANTAGES + vantage;
}
