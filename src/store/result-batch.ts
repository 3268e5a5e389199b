import { DAY_MS, utcDay } from "../domain/calendar.ts";
import type { ProbeResult } from "../domain/observation.ts";
import { breathe } from "./breathe.ts";
import type { Database } from "./database.ts";
import type { Ledger } from "./incidents/ledger.ts";
import { LatestMemory } from "./latest-memory.ts";
import { lockToAddOldRuns } from "./pack-lock.ts";
import { droppedBefore, ensurePartitions } from "./partitions.ts";
import { writeLatest } from "./probe-latest.ts";
import { writeResults } from "./probe-results.ts";
import { byPlace } from "./result-order.ts";
import { findReferences } from "./result-references.ts";
import { writeAddresses, writeCertificates, writeEvidence, writePairings } from "./result-spans.ts";
import { HOUR_MS } from "./run-span.ts";
import { SpanMemory } from "./span-memory.ts";
import { vantageNumber } from "./vantages.ts";

/** Hours of younger runs are packed by nobody, even where clocks differ by an hour. */
const OLD_MS = HOUR_MS;

/**
 * Writes batches of results, each in one transaction with what the ledger makes of them; writing the same results again
 * changes nothing.
 */
export class BatchStore {
  readonly #db: Database;
  readonly #clock: () => number;
  readonly #ledger: Ledger | null;
  readonly #vantages = new Map<string, number>();
  readonly #partitions = new Set<string>();
  #spans = new SpanMemory();
  #latest = new LatestMemory();

  constructor(db: Database, clock: () => number, ledger: Ledger | null = null) {
    this.#db = db;
    this.#clock = clock;
    this.#ledger = ledger;
  }

  /** Stores results; returns how many were too old to be kept. Throws what the database throws. */
  async store(results: readonly ProbeResult[]): Promise<{ expired: number }> {
    try {
      await this.#findVantages(results);
      const kept = await this.#makeRoom(results);
      if (kept.length > 0) await this.#write(kept);
      return { expired: results.length - kept.length };
    } catch (error) {
      // The database may be another one now (a restored backup): what was known of it is asked again.
      this.#vantages.clear();
      this.#partitions.clear();
      this.#spans = new SpanMemory();
      this.#latest = new LatestMemory();
      this.#ledger?.forget();
      throw error;
    }
  }

  async #findVantages(results: readonly ProbeResult[]): Promise<void> {
    for (const name of new Set(results.map(({ vantage }) => vantage))) {
      if (!this.#vantages.has(name)) this.#vantages.set(name, await vantageNumber(this.#db, name));
    }
  }

  /** Makes the partitions that are missing; returns the results that are not older than what is kept. */
  async #makeRoom(results: readonly ProbeResult[]): Promise<readonly ProbeResult[]> {
    const numbers = new Set(results.map(({ scheduledAt }) => Math.floor(scheduledAt / DAY_MS)));
    const days = [...numbers].map((number) => utcDay(number * DAY_MS));
    if (days.every((day) => this.#partitions.has(day))) return results;
    const mark = await droppedBefore(this.#db, "probe_result");
    const kept = mark === null ? days : days.filter((day) => day >= mark);
    await ensurePartitions(this.#db, "probe_result", kept);
    await ensurePartitions(this.#db, "failure_evidence", kept);
    for (const day of kept) this.#partitions.add(day);
    return results.filter(({ scheduledAt }) => this.#partitions.has(utcDay(scheduledAt)));
  }

  async #write(unordered: readonly ProbeResult[]): Promise<void> {
    const results = unordered.toSorted(byPlace);
    const vantages = this.#vantages;
    await this.#db.transaction().execute(async (trx) => {
      const old = results.some(({ scheduledAt }) => scheduledAt < this.#clock() - OLD_MS);
      if (old) await lockToAddOldRuns(trx);
      await this.#ledger?.begin(trx, vantages);
      await this.#writeSpans(trx, results);
      const evidence = await writeEvidence(trx, results, vantages);
      await breathe();
      const now = new Date(this.#clock());
      const { since, unsure, newer } = this.#latest.take(results, vantages);
      const references = await findReferences(trx, this.#spans, results);
      const referred = {
        ...references,
        vantage: ({ vantage }: ProbeResult) => vantages.get(vantage) ?? null,
        evidence: (result: ProbeResult) => evidence.get(result) ?? null,
        since: (result: ProbeResult) => since.get(result) ?? null,
        isNewer: (result: ProbeResult) => newer.has(result),
      };
      await writeResults(trx, results, referred, { now, old });
      await breathe();
      await this.#writeUnsure(trx, unsure, { results, now, old });
      await breathe();
      await this.#ledger?.apply(trx, unordered, vantages, now.getTime());
    });
    this.#ledger?.committed();
  }

  async #writeSpans(trx: Database, results: readonly ProbeResult[]): Promise<void> {
    const due = this.#spans.take(results);
    await writeAddresses(trx, due.addresses);
    await writeCertificates(trx, due.certificates);
    await writePairings(trx, due.pairings);
    await breathe();
  }

  async #writeUnsure(
    trx: Database,
    unsure: readonly ProbeResult[],
    { results, now, old }: { results: readonly ProbeResult[]; now: Date; old: boolean },
  ): Promise<void> {
    const until = results.reduce((last, { scheduledAt }) => Math.max(last, scheduledAt), 0);
    for (const row of await writeLatest(trx, unsure, {
      vantages: this.#vantages,
      now,
      until,
      old,
    })) {
      const { vantage, outcome, failure } = row;
      const [scheduledAt, since] = [row.scheduled_at.getTime(), row.since.getTime()];
      this.#latest.learn(row, vantage, { scheduledAt, since, outcome, failure });
    }
  }
}
