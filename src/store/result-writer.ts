import type { ProbeResult } from "../domain/observation.ts";
import { type BatchOutcome, storeSplitting } from "./batch-splitter.ts";
import type { Database } from "./database.ts";
import type { Ledger } from "./incidents/ledger.ts";
import { BatchStore } from "./result-batch.ts";
import { ResultQueue } from "./result-queue.ts";
import type { SpoolLimits } from "./spool.ts";
import { SpoolDoor } from "./spool-door.ts";
import type { StoreLog } from "./store-log.ts";

/** Batches are written at most this often and hold at most this many results. */
const WRITE_EVERY_MS = 1000;
const BATCH_ROWS = 10_000;

/** While the database is lost, this many results ask whether it is back. */
const TRY_ROWS = 100;

/** A batch that is under way for longer is put on disk as well, so that a kill loses no more than a second. */
const SLOW_MS = 3000;

/** A database that keeps a batch for longer hangs: for those who ask, that is as good as lost. */
const HUNG_MS = 15_000;

/** Results in memory, about 100 MB; more than two batches go to disk, so only a failing disk fills it. */
const QUEUE_ROWS = 50_000;

/** How long `stop` waits for the database by default; the whole service has 15 s. */
const STOP_MS = 5000;

export interface ResultWriterOptions {
  readonly db: Database;
  /** Folder for the spool file, e.g. DATA_DIR; made if absent. */
  readonly spoolFolder: string;
  readonly log: StoreLog;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  readonly spoolLimits?: SpoolLimits;
  /** What is believed of portals and their incidents is kept in the same transactions; absent: results alone. */
  readonly ledger?: Ledger;
}

/** How many results were lost since the start, and why. */
export interface DroppedResults {
  /** Made room in a full spool or, while the disk fails, in memory. */
  readonly spoolFull: number;
  /** Refused by the database for their content. */
  readonly refused: number;
  /** Older than what is kept (RETENTION_RAW_DAYS). */
  readonly expired: number;
}

/** How the writer is, without asking the database. */
export interface ResultWriterStatus {
  /** Whether the last batch was taken and none is kept waiting for long; true before the first one. */
  readonly databaseReachable: boolean;
  /** Why the last batch was not taken, in one line; null while all is well. */
  readonly lastError: string | null;
  /** Results in memory. */
  readonly queued: number;
  /** Results on disk. */
  readonly spoolDepth: number;
  /** Scheduled time of the first result in line on disk, in milliseconds since the epoch. */
  readonly spoolOldestAt: number | null;
  readonly dropped: DroppedResults;
}

/** Writes probe results in batches; what the database cannot take now waits on disk, in order. */
export interface ResultWriter {
  /** Takes results over; returns at once and never throws. */
  add(results: readonly ProbeResult[]): void;
  /** Resolves when all that was added before is in the database, or on disk while the database is lost. */
  flush(): Promise<void>;
  status(): ResultWriterStatus;
  /** Flushes for at most `deadlineMs`, leaves the rest on disk, and closes. Calling it again returns the same promise. */
  stop(deadlineMs?: number): Promise<void>;
}

/** A batch on its way to the database. */
interface Flight {
  readonly results: readonly ProbeResult[];
  readonly since: number;
  /** The last row of the spool that holds it, and how many rows could not be read; null while it is in memory alone. */
  onDisk: { readonly lastSeq: number; readonly damaged: number } | null;
}

/** Starts a writer; results that an earlier process left on disk are written first. */
export function createResultWriter(options: ResultWriterOptions): ResultWriter {
  return new Writer(options);
}

class Writer implements ResultWriter {
  readonly #log: StoreLog;
  readonly #clock: () => number;
  readonly #store: BatchStore;
  readonly #spool: SpoolDoor;
  readonly #queue = new ResultQueue(QUEUE_ROWS);
  readonly #timer: NodeJS.Timeout;
  #flight: Flight | null = null;
  #pass: Promise<void> | null = null;
  #stopped: Promise<void> | null = null;
  #lastError: string | null = null;
  #lostInMemory = 0;
  #refused = 0;
  #expired = 0;

  constructor(options: ResultWriterOptions) {
    const { db, spoolFolder, spoolLimits, log, clock = Date.now, ledger } = options;
    this.#log = log;
    this.#clock = clock;
    this.#store = new BatchStore(db, clock, ledger);
    this.#spool = new SpoolDoor({ folder: spoolFolder, limits: spoolLimits, log, clock });
    this.#timer = setInterval(() => void this.#tick(), WRITE_EVERY_MS);
  }

  add(results: readonly ProbeResult[]): void {
    if (this.#stopped) this.#lostInMemory += results.length;
    else this.#lostInMemory += this.#queue.push(results);
  }

  async flush(): Promise<void> {
    // What is added meanwhile is not waited for: so many passes hold all that waits now.
    const waiting = this.#queue.size + this.#spool.rows;
    for (let passes = Math.ceil(waiting / BATCH_ROWS) + 2; passes > 0; passes -= 1) {
      await this.#tick();
      if (this.#lastError !== null) break;
    }
    if (this.#lastError !== null) this.#toDisk();
  }

  status(): ResultWriterStatus {
    return {
      databaseReachable: this.#lastError === null && !this.#isUnderWayFor(HUNG_MS),
      lastError: this.#lastError,
      queued: this.#queue.size + (this.#flight?.onDisk === null ? this.#flight.results.length : 0),
      spoolDepth: this.#spool.rows,
      spoolOldestAt: this.#spool.oldestAt(),
      dropped: {
        spoolFull: this.#lostInMemory + this.#spool.lost,
        refused: this.#refused,
        expired: this.#expired,
      },
    };
  }

  stop(deadlineMs = STOP_MS): Promise<void> {
    this.#stopped ??= this.#close(deadlineMs);
    return this.#stopped;
  }

  async #close(deadlineMs: number): Promise<void> {
    clearInterval(this.#timer);
    const deadline = Promise.withResolvers<void>();
    const timer = setTimeout(deadline.resolve, deadlineMs);
    await Promise.race([this.flush(), deadline.promise]);
    clearTimeout(timer);
    this.#toDisk();
    this.#spool.close();
    const lost = this.#queue.size;
    if (lost > 0)
      this.#log.error({ lost }, "Results were lost: neither database nor disk took them");
  }

  /** One round: what must not stay in memory alone goes to disk, and a batch goes on its way unless one is. */
  #tick(): Promise<void> {
    const behind = this.#spool.rows > 0 || this.#queue.size > 2 * BATCH_ROWS;
    if (behind || this.#lastError !== null || this.#isUnderWayFor(SLOW_MS)) this.#toDisk();
    this.#pass ??= this.#writeNext().finally(() => {
      this.#pass = null;
    });
    return this.#pass;
  }

  #isUnderWayFor(ms: number): boolean {
    return this.#flight !== null && this.#clock() - this.#flight.since > ms;
  }

  async #writeNext(): Promise<void> {
    const limit = this.#lastError === null ? BATCH_ROWS : TRY_ROWS;
    const spooled = this.#spool.peek(limit);
    const results = spooled?.results ?? this.#queue.take(limit);
    if (spooled === null && results.length === 0) return;
    const flight: Flight = { results, since: this.#clock(), onDisk: spooled };
    this.#flight = flight;
    try {
      this.#taken(flight, await storeSplitting(this.#store, results));
    } catch (error) {
      this.#notTaken(flight, error);
    }
  }

  #taken(flight: Flight, { expired, refused }: BatchOutcome): void {
    this.#flight = null;
    if (flight.onDisk) this.#spool.removeThrough(flight.onDisk);
    this.#expired += expired;
    this.#refused += refused.length;
    const [first] = refused;
    if (first) {
      const { portal, family, scheduledAt } = first.result;
      const facts = { refused: refused.length, portal, family, scheduledAt, err: first.error };
      this.#log.error(facts, "Results were dropped: the database refuses their content");
    }
    if (this.#lastError !== null) {
      this.#log.info({ spooled: this.#spool.rows }, "The database takes results again");
    }
    this.#lastError = null;
  }

  #notTaken(flight: Flight, error: unknown): void {
    this.#flight = null;
    if (flight.onDisk === null) this.#lostInMemory += this.#queue.putBack(flight.results);
    if (this.#lastError === null) {
      this.#log.error({ err: error }, "The database does not take results; they wait on disk");
    }
    this.#lastError = describe(error);
    this.#toDisk();
  }

  /** Puts what is in memory at the end of the spool, the batch on its way first; keeps it where the disk fails. */
  #toDisk(): void {
    const flight = this.#flight;
    if (flight?.onDisk === null) {
      const alone = this.#spool.rows === 0;
      if (!this.#spool.append(flight.results)) return;
      // Behind other rows it stays on disk when it was written, and is written again without harm.
      flight.onDisk = { lastSeq: alone ? this.#spool.lastSeq() : 0, damaged: 0 };
    }
    const results = this.#queue.take(QUEUE_ROWS);
    if (results.length > 0 && !this.#spool.append(results)) {
      this.#lostInMemory += this.#queue.putBack(results);
    }
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? `${String(error.code)}: ` : "";
  return `${code}${error.message.split("\n")[0]}`;
}
