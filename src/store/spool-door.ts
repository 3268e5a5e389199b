import { mkdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { ProbeResult } from "../domain/observation.ts";
import { type SpoolLimits, Spool, type SpooledBatch } from "./spool.ts";
import type { StoreLog } from "./store-log.ts";

/** SQLite's primary result codes SQLITE_CORRUPT and SQLITE_NOTADB: the file will never be readable. */
const BROKEN: ReadonlySet<number> = new Set([11, 26]);

interface DoorOptions {
  readonly folder: string;
  readonly limits?: SpoolLimits | undefined;
  readonly log: StoreLog;
  readonly clock: () => number;
}

/**
 * The spool, as one that must live with a disk which is full, read-only or damaged: nothing throws. While the disk
 * fails, `append` answers false and the spool seems empty; it is tried again at every call.
 */
export class SpoolDoor {
  readonly #options: DoorOptions;
  #spool: Spool | null = null;
  #failing = false;
  #closed = false;
  #evicted = 0;
  #damaged = 0;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#try("open", () => undefined, undefined);
  }

  get rows(): number {
    return this.#spool?.rows ?? 0;
  }

  /** Results that were lost because the spool was full, or could not be read back. */
  get lost(): number {
    return this.#evicted + this.#damaged;
  }

  oldestAt(): number | null {
    return this.rows === 0 ? null : this.#try("read", (spool) => spool.oldestAt(), null);
  }

  lastSeq(): number {
    return this.#try("read", (spool) => spool.lastSeq(), 0);
  }

  append(results: readonly ProbeResult[]): boolean {
    return this.#try(
      "write",
      (spool) => {
        this.#evicted += spool.append(results);
        return true;
      },
      false,
    );
  }

  peek(limit: number): SpooledBatch | null {
    if (this.rows === 0) return null;
    return this.#try("read", (spool) => spool.peek(limit), null);
  }

  /** Forgets what was written to the database; what stays because the disk fails is written again, without harm. */
  removeThrough(batch: Pick<SpooledBatch, "lastSeq" | "damaged">): void {
    this.#try(
      "write",
      (spool) => {
        spool.removeThrough(batch.lastSeq);
        this.#damaged += batch.damaged;
      },
      undefined,
    );
  }

  close(): void {
    this.#closed = true;
    this.#spool?.close();
    this.#spool = null;
  }

  #try<Value>(verb: string, work: (spool: Spool) => Value, otherwise: Value): Value {
    if (this.#closed) return otherwise;
    try {
      this.#spool ??= this.#open();
      const value = work(this.#spool);
      if (this.#failing) this.#options.log.info({}, "The spool on disk works again");
      this.#failing = false;
      return value;
    } catch (error) {
      this.#fail(verb, error);
      return otherwise;
    }
  }

  #open(): Spool {
    mkdirSync(this.#options.folder, { recursive: true });
    return new Spool(this.#file(), this.#options.limits);
  }

  /** Says once that the disk fails; a file that is broken for good is moved aside, so that a new one can begin. */
  #fail(verb: string, error: unknown): void {
    const { log, clock } = this.#options;
    if (!this.#failing) log.error({ err: error }, `The spool on disk fails (${verb})`);
    this.#failing = true;
    const errcode = error instanceof Error && "errcode" in error ? Number(error.errcode) : 0;
    if (!BROKEN.has(errcode & 0xff)) return;
    this.#spool?.close();
    this.#spool = null;
    const aside = `${this.#file()}.broken-${clock()}`;
    const moved = ["", "-wal", "-shm"].map((end) => tryRename(this.#file() + end, aside + end));
    log.error({ file: aside, moved: moved[0] }, "The spool file is broken and is moved aside");
  }

  #file(): string {
    return join(this.#options.folder, "spool.sqlite");
  }
}

/** Whether the file was there and could be renamed; a disk that is read-only as well stays as it is. */
function tryRename(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}
