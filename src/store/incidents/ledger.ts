import { sql } from "kysely";
import type { IncidentPolicy } from "../../domain/incident/policy.ts";
import { byTime } from "../../domain/incident/replay.ts";
import type { ProbeResult } from "../../domain/observation.ts";
import type { Database } from "../database.ts";
import { decideMoments } from "./decide.ts";
import { touchLastBad } from "./last-bad.ts";
import { takeSightings } from "./moments.ts";
import { PORTAL_INCIDENTS } from "./open-incidents.ts";
import { sightingOf } from "./sightings.ts";
import { TrackMemory } from "./track-memory.ts";
import { presentTracks, writeTracks } from "./tracks.ts";

export interface LedgerOptions {
  readonly policy: IncidentPolicy;
  /** How often a portal is probed. */
  readonly intervalMs: number;
  /** The network that this process's vantage points stand in. */
  readonly network: string;
  /** Told after a commit which incidents changed; must not throw. */
  readonly onChanged?: (ids: readonly number[]) => void;
}

/**
 * What a writer of results keeps besides them: what is believed of each portal, and its incidents. A call of `begin` and
 * one of `apply` belong to one transaction, then one of `committed` or `forget`.
 */
export interface Ledger {
  /** Learns what the database believed before this batch; the first call of a transaction. */
  begin(trx: Database, vantages: ReadonlyMap<string, number>): Promise<void>;
  /** Takes in the results of a batch, in the order of their starts; `now` is in milliseconds since the epoch. */
  apply(
    trx: Database,
    results: readonly ProbeResult[],
    vantages: ReadonlyMap<string, number>,
    now: number,
  ): Promise<void>;
  /** The transaction is in the database. */
  committed(): void;
  /** The transaction failed, or nobody knows: everything is asked again. */
  forget(): void;
}

/** A ledger that knows nothing yet. */
export function createLedger(options: LedgerOptions): Ledger {
  return new TrackLedger(options);
}

class TrackLedger implements Ledger {
  readonly #options: LedgerOptions;
  readonly #memory = new TrackMemory();
  #changed: readonly number[] = [];

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  async begin(trx: Database, vantages: ReadonlyMap<string, number>): Promise<void> {
    this.#memory.begin();
    this.#changed = [];
    const { policy, intervalMs, network } = this.#options;
    const freshMs = policy.freshIntervals * intervalMs;
    for (const vantage of vantages.values()) {
      if (this.#memory.knows(vantage)) continue;
      await placeVantage(trx, vantage, network);
      const query = { vantages: [vantage], others: false, portals: null, freshMs };
      this.#memory.learn(vantage, await presentTracks(trx, query));
    }
  }

  async apply(
    trx: Database,
    results: readonly ProbeResult[],
    vantages: ReadonlyMap<string, number>,
    now: number,
  ): Promise<void> {
    const { policy, intervalMs } = this.#options;
    const sightings = results.map((result) => sightingOf(result, numberOf(vantages, result)));
    const open = await portalsWithIncidents(trx);
    const moments = takeSightings(this.#memory, sightings.toSorted(byTime), { policy, now, open });
    const tracks = this.#memory.toKeep();
    await writeTracks(trx, tracks);
    const own = this.#memory.vantages();
    this.#changed = await decideMoments(trx, moments, { policy, intervalMs, own, now });
    await touchLastBad(trx, tracks);
  }

  committed(): void {
    this.#memory.committed();
    if (this.#changed.length > 0) this.#options.onChanged?.(this.#changed);
    this.#changed = [];
  }

  forget(): void {
    this.#memory.forget();
    this.#changed = [];
  }
}

function numberOf(vantages: ReadonlyMap<string, number>, { vantage }: ProbeResult): number {
  const number = vantages.get(vantage);
  if (number === undefined) throw new Error(`Vantage point ${vantage} has no number`);
  return number;
}

/** Notes the network that a vantage point stands in. */
async function placeVantage(trx: Database, vantage: number, network: string): Promise<void> {
  await trx
    .updateTable("vantage")
    .set({ network })
    .where("id", "=", vantage)
    .where("network", "<>", network)
    .execute();
}

/** Portals with an open incident that runs decide about: while it is, every run may end or change it, successes too. */
async function portalsWithIncidents(trx: Database): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ portal: number }>`
    select distinct portal_id as portal from incident
    where resolved_at is null and portal_id is not null and kind = any(${PORTAL_INCIDENTS}::text[])`.execute(
    trx,
  );
  return new Set(rows.map(({ portal }) => portal));
}
