import { utcDay } from "../domain/calendar.ts";
import type { ProbeResult } from "../domain/observation.ts";
import { breathe } from "./breathe.ts";
import type { Database } from "./database.ts";
import type { Ledger } from "./incidents/ledger.ts";
import { droppedBefore, ensurePartitions } from "./partitions.ts";
import { writeLatest } from "./probe-latest.ts";
import { writeResults } from "./probe-results.ts";
import { writeAddresses, writeCertificates, writeEvidence } from "./result-spans.ts";
import { vantageNumber } from "./vantages.ts";

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
    const days = [...new Set(results.map(({ scheduledAt }) => utcDay(scheduledAt)))];
    if (days.every((day) => this.#partitions.has(day))) return results;
    const mark = await droppedBefore(this.#db, "probe_result");
    const kept = mark === null ? days : days.filter((day) => day >= mark);
    await ensurePartitions(this.#db, "probe_result", kept);
    await ensurePartitions(this.#db, "failure_evidence", kept);
    for (const day of kept) this.#partitions.add(day);
    return results.filter(({ scheduledAt }) => this.#partitions.has(utcDay(scheduledAt)));
  }

  async #write(results: readonly ProbeResult[]): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await this.#ledger?.begin(trx, this.#vantages);
      await writeAddresses(trx, results);
      await writeCertificates(trx, results);
      await breathe();
      await writeEvidence(trx, results, this.#vantages);
      await breathe();
      const now = new Date(this.#clock());
      await writeResults(trx, results, this.#vantages, now);
      await breathe();
      await writeLatest(trx, results, this.#vantages, now);
      await breathe();
      await this.#ledger?.apply(trx, results, this.#vantages, now.getTime());
    });
    this.#ledger?.committed();
  }
}
