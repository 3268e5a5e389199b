import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AuditSpool, type AuditSpoolLimits } from "./audit-spool.ts";
import { isContentRefused, isFromDatabase, isPassing } from "./database.ts";
import type { StoreLog } from "./store-log.ts";

/** How often audits that wait are tried again, and how long one that failed is left alone. */
const RETRY_MS = 10_000;

/** So often an audit is tried whose content is refused, or that breaks our own code; then it is given up. */
const MAX_TRIES = 3;

/** Audits in memory while the disk fails, some 10 MB. */
const MEMORY_AUDITS = 200;

/** How long `stop` waits by default; the whole service has 15 s. */
const STOP_MS = 5000;

export interface AuditWriterOptions<Audit> {
  /** Judges and stores one audit; called one at a time, again for one that failed, so storing twice must do no harm. */
  readonly save: (audit: Audit) => Promise<unknown>;
  /** Folder for the spool file, e.g. DATA_DIR; made if absent. */
  readonly spoolFolder: string;
  readonly log: StoreLog;
  readonly spoolLimits?: AuditSpoolLimits;
  /** Told of every number of audits that are given up. Must not throw. */
  readonly onLost?: (audits: number) => void;
  /** Default 10 s. */
  readonly retryMs?: number;
}

/** How the writer is, without asking the database. */
export interface AuditWriterStatus {
  /** Audits that are not stored yet. */
  readonly waiting: number;
  /** Audits that were given up since the start: no room, not readable, or refused. */
  readonly lost: number;
  /** Why the last audit was not stored, in one line; null while all is well. */
  readonly lastError: string | null;
}

/** Sees to it that an audit that has ended is stored, whatever happens to the database or to this process. */
export interface AuditWriter<Audit> {
  /** Takes an audit over, plain JSON: it is on disk when this returns. Never throws. */
  put(audit: Audit): void;
  /** Resolves when all that waits was tried once. */
  flush(): Promise<void>;
  status(): AuditWriterStatus;
  /** Flushes for at most `deadlineMs` and closes; what is left is stored after the next start. */
  stop(deadlineMs?: number): Promise<void>;
}

/** Starts a writer; audits that an earlier process left on disk are stored first. */
export function createAuditWriter<Audit extends object>(
  options: AuditWriterOptions<Audit>,
): AuditWriter<Audit> {
  return new Writer(options);
}

/** An audit in line: on disk by its number, or in memory where the disk does not take it. */
type Waiting<Audit> = { readonly audit: Audit; readonly seq: number | null };

/** What was tried in vain, and when (performance.now()) it may be tried again. */
interface Tried {
  readonly tries: number;
  readonly againAt: number;
}

class Writer<Audit extends object> implements AuditWriter<Audit> {
  readonly #options: AuditWriterOptions<Audit>;
  readonly #timer: NodeJS.Timeout;
  #spool: AuditSpool | null = null;
  #memory: Audit[] = [];
  readonly #retryMs: number;
  /** Audits that failed for a reason of their own: by number, or in memory by themselves. */
  readonly #tried = new Map<number | Audit, Tried>();
  #pass: Promise<void> | null = null;
  #stopped = false;
  #diskFails = false;
  #lost = 0;
  #lastError: string | null = null;

  constructor(options: AuditWriterOptions<Audit>) {
    this.#options = options;
    this.#retryMs = options.retryMs ?? RETRY_MS;
    this.#timer = setInterval(() => void this.flush(), RETRY_MS);
    this.#disk(() => undefined);
    if (this.#waiting() > 0) void this.flush();
  }

  put(audit: Audit): void {
    if (!this.#stopped && !this.#append(audit)) this.#remember(audit);
    if (this.#stopped) this.#lose(1);
    else void this.flush();
  }

  flush(): Promise<void> {
    this.#pass ??= this.#drain().finally(() => {
      this.#pass = null;
    });
    return this.#pass;
  }

  status(): AuditWriterStatus {
    return { waiting: this.#waiting(), lost: this.#lost, lastError: this.#lastError };
  }

  async stop(deadlineMs = STOP_MS): Promise<void> {
    if (this.#stopped) return;
    clearInterval(this.#timer);
    const deadline = Promise.withResolvers<void>();
    const timer = setTimeout(deadline.resolve, deadlineMs);
    await Promise.race([this.flush(), deadline.promise]);
    clearTimeout(timer);
    this.#stopped = true;
    this.#spool?.close();
    this.#spool = null;
    const lost = this.#memory.length;
    if (lost > 0) {
      this.#lose(lost);
      this.#options.log.error({ lost }, "Audits were lost: neither database nor disk took them");
    }
  }

  #waiting(): number {
    return this.#memory.length + (this.#spool?.rows ?? 0);
  }

  #append(audit: Audit): boolean {
    const evicted = this.#disk((spool) => spool.append(JSON.stringify(audit)));
    this.#lose(evicted ?? 0);
    return evicted !== null;
  }

  #remember(audit: Audit): void {
    this.#memory.push(audit);
    const over = this.#memory.splice(0, this.#memory.length - MEMORY_AUDITS);
    for (const audit of over) this.#tried.delete(audit);
    this.#lose(over.length);
  }

  #lose(audits: number): void {
    if (audits === 0) return;
    this.#lost += audits;
    this.#options.onLost?.(audits);
  }

  /** Tries everything that waits once, until the database turns out to be away. */
  async #drain(): Promise<void> {
    // Those that had to make room left their tries behind.
    if (this.#tried.size > this.#waiting()) this.#tried.clear();
    let after = 0;
    for (const audit of this.#memory) {
      if (!(await this.#try({ audit, seq: null }))) return;
    }
    for (;;) {
      const row = this.#disk((spool) => spool.next(after));
      if (!row) return;
      after = row.seq;
      const audit = read(row.body) as Audit | null;
      if (audit === null) this.#giveUp({ audit: null, seq: row.seq }, "it can't be read back");
      else if (!(await this.#try({ audit, seq: row.seq }))) return;
    }
  }

  /** Whether to go on with the next one. */
  async #try(waiting: Waiting<Audit>): Promise<boolean> {
    const tried = this.#tried.get(waiting.seq ?? waiting.audit);
    if (tried && tried.againAt > performance.now()) return !this.#stopped;
    try {
      await this.#options.save(waiting.audit);
      if (this.#lastError !== null) this.#options.log.info({}, "Audits are stored again");
      this.#lastError = null;
      this.#remove(waiting);
      return !this.#stopped;
    } catch (error) {
      return this.#failed(waiting, tried?.tries ?? 0, error);
    }
  }

  /** An audit that fails alone holds up no other; only what would never be taken is given up. */
  #failed(waiting: Waiting<Audit>, before: number, error: unknown): boolean {
    if (this.#lastError === null) {
      this.#options.log.warn({ err: error }, "An audit could not be stored; it is tried again");
    }
    this.#lastError = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    if (isPassing(error)) return false;
    const tries = before + 1;
    const isHopeless = isContentRefused(error) || !isFromDatabase(error);
    if (isHopeless && tries >= MAX_TRIES) this.#giveUp(waiting, error);
    else {
      const againAt = performance.now() + this.#retryMs;
      this.#tried.set(waiting.seq ?? waiting.audit, { tries, againAt });
    }
    return !this.#stopped;
  }

  #giveUp(waiting: { audit: Audit | null; seq: number | null }, error: unknown): void {
    this.#options.log.error({ err: error }, "An audit is given up");
    this.#lose(1);
    this.#remove(waiting);
  }

  #remove({ audit, seq }: { audit: Audit | null; seq: number | null }): void {
    if (audit !== null) this.#tried.delete(seq ?? audit);
    if (seq === null) this.#memory = this.#memory.filter((each) => each !== audit);
    else this.#disk((spool) => spool.remove(seq));
  }

  /** Null while the disk fails, which is told once; it is tried again at every call. */
  #disk<Value>(work: (spool: AuditSpool) => Value): Value | null {
    if (this.#stopped) return null;
    const { spoolFolder, spoolLimits, log } = this.#options;
    try {
      if (this.#spool === null) {
        mkdirSync(spoolFolder, { recursive: true });
        this.#spool = new AuditSpool(join(spoolFolder, "audits.sqlite"), spoolLimits);
      }
      const value = work(this.#spool);
      this.#diskFails = false;
      return value;
    } catch (error) {
      if (!this.#diskFails) log.error({ err: error }, "The spool of audits on disk fails");
      this.#diskFails = true;
      return null;
    }
  }
}

/** The JSON value that was appended, or null. */
function read(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
