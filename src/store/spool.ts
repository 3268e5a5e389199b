import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { ProbeResult } from "../domain/observation.ts";
import { openSpoolFile } from "./spool-file.ts";

/** How much may wait on disk; what comes beyond makes room by the oldest successes, then by the oldest of all. */
export interface SpoolLimits {
  readonly maxBytes: number;
  readonly maxRows: number;
}

/** About a day of 317 portals over both families every minute, or an hour of 7,000: some 500 bytes a result. */
const SPOOL_LIMITS: SpoolLimits = { maxBytes: 512 * 1024 * 1024, maxRows: 2_000_000 };

/** How many rows at a time make room. */
const EVICT_ROWS = 200;

/** The oldest results of a spool, in order. */
export interface SpooledBatch {
  readonly results: readonly ProbeResult[];
  /** Of the last row that was read; removing through it removes what was read and nothing else. */
  readonly lastSeq: number;
  /** Rows that could not be read back. */
  readonly damaged: number;
}

interface Row {
  readonly seq: number;
  readonly body: string;
  readonly certificate: string | null;
}

const TABLES = `
  create table if not exists result (
    seq integer primary key autoincrement,
    scheduled_at integer not null,
    success integer not null,
    bytes integer not null,
    body text not null,
    certificate blob
  );
  create index if not exists result_success on result (success, seq);
  create table if not exists certificate (digest blob primary key, body text not null) without rowid;
`;

/** How much waits. */
const COUNT = `select count(*) as rows, coalesce(sum(bytes), 0) +
           (select coalesce(sum(octet_length(body)), 0) from certificate) as bytes from result`;

/**
 * Probe results that wait on disk for the database, in the order in which they came. Every method throws what
 * SQLite throws (disk full, broken file), and then nothing has changed.
 * A commit reaches the disk before `append` returns: one sync a second, in a process that does not probe, costs nothing
 * that counts.
 */
export class Spool {
  readonly #sqlite: DatabaseSync;
  readonly #limits: SpoolLimits;
  #rows: number;
  #bytes: number;

  constructor(file: string, limits: SpoolLimits = SPOOL_LIMITS) {
    this.#limits = limits;
    const { sqlite, rows, bytes } = openSpoolFile(file, TABLES, COUNT);
    this.#sqlite = sqlite;
    this.#rows = rows;
    this.#bytes = bytes;
  }

  /** How many results wait. */
  get rows(): number {
    return this.#rows;
  }

  /** Bytes of what waits, without the overhead of the file. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Scheduled time of the first result in line, in milliseconds since the epoch, or null. */
  oldestAt(): number | null {
    const row = this.#sqlite.prepare("select scheduled_at from result order by seq limit 1").get();
    return row === undefined ? null : Number(row["scheduled_at"]);
  }

  /** Adds results at the end of the line; returns how many others had to make room. */
  append(results: readonly ProbeResult[]): number {
    return this.#transaction(() => {
      const insert = this.#sqlite.prepare(
        "insert into result (scheduled_at, success, bytes, body, certificate) values (?, ?, ?, ?, ?)",
      );
      for (const { certificate, ...result } of results) {
        const body = JSON.stringify(result);
        const digest = certificate === null ? null : this.#keepCertificate(certificate);
        const success = result.outcome === "ok" ? 1 : 0;
        const bytes = Buffer.byteLength(body);
        insert.run(result.scheduledAt, success, bytes, body, digest);
        this.#rows += 1;
        this.#bytes += bytes;
      }
      return this.#makeRoom();
    });
  }

  /** The first results in line, at most `limit`; null where none wait. */
  peek(limit: number): SpooledBatch | null {
    const rows = this.#sqlite
      .prepare(
        `select result.seq, result.body, certificate.body as certificate
         from result left join certificate on certificate.digest = result.certificate
         order by result.seq limit ?`,
      )
      .all(limit) as unknown as Row[];
    const last = rows.at(-1);
    if (!last) return null;
    const results = rows.flatMap((row) => read(row) ?? []);
    return { results, lastSeq: last.seq, damaged: rows.length - results.length };
  }

  /** Forgets every result up to this one. */
  removeThrough(seq: number): void {
    this.#transaction(() => {
      this.#forget(
        this.#sqlite.prepare("delete from result where seq <= ? returning bytes").all(seq),
      );
      if (this.#rows > 0) return;
      this.#sqlite.exec("delete from certificate");
      this.#bytes = 0;
    });
  }

  /** The number of the last result in line, 0 where none waits. */
  lastSeq(): number {
    return Number(this.#sqlite.prepare("select max(seq) as seq from result").get()?.["seq"] ?? 0);
  }

  close(): void {
    this.#sqlite.close();
  }

  /** Certificates are large and repeat with every run: each is kept once. */
  #keepCertificate(certificate: object): Uint8Array {
    const body = JSON.stringify(certificate);
    const digest = createHash("sha256").update(body).digest();
    const { changes } = this.#sqlite
      .prepare("insert or ignore into certificate (digest, body) values (?, ?)")
      .run(digest, body);
    if (changes) this.#bytes += Buffer.byteLength(body);
    return digest;
  }

  #makeRoom(): number {
    const rowsBefore = this.#rows;
    for (const success of ["where success = 1", ""]) {
      const evict = this.#sqlite.prepare(
        `delete from result where seq in (select seq from result ${success} order by seq limit ?) returning bytes`,
      );
      let more = true;
      while (more && this.#isOver()) {
        const over = this.#bytes > this.#limits.maxBytes ? EVICT_ROWS : 0;
        const gone = evict.all(Math.max(over, this.#rows - this.#limits.maxRows));
        this.#forget(gone);
        more = gone.length > 0;
      }
    }
    return rowsBefore - this.#rows;
  }

  #isOver(): boolean {
    return this.#rows > this.#limits.maxRows || this.#bytes > this.#limits.maxBytes;
  }

  #forget(rows: readonly Record<string, unknown>[]): void {
    this.#rows -= rows.length;
    for (const row of rows) this.#bytes -= Number(row["bytes"]);
  }

  #transaction<Value>(work: () => Value): Value {
    const { rows, bytes } = this;
    this.#sqlite.exec("begin immediate");
    try {
      const value = work();
      this.#sqlite.exec("commit");
      return value;
    } catch (error) {
      this.#rows = rows;
      this.#bytes = bytes;
      // SQLite ends the transaction itself on some errors, such as a full disk.
      if (this.#sqlite.isTransaction) this.#sqlite.exec("rollback");
      throw error;
    }
  }
}

function read({ body, certificate }: Row): ProbeResult | null {
  try {
    return {
      ...JSON.parse(body),
      certificate: certificate === null ? null : JSON.parse(certificate),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
