import type { DatabaseSync } from "node:sqlite";
import { openSpoolFile } from "./spool-file.ts";

/** How much may wait on disk; what comes beyond makes room by the oldest. */
export interface AuditSpoolLimits {
  readonly maxBytes: number;
  readonly maxRows: number;
}

/** Some 50 KB an audit: two days of 317 portals every six hours several times over, or five hours of 20,000. */
const AUDIT_SPOOL_LIMITS: AuditSpoolLimits = {
  maxBytes: 512 * 1024 * 1024,
  maxRows: 20_000,
};

/** One audit in line. */
export interface SpooledAudit {
  readonly seq: number;
  /** JSON, as it was appended. */
  readonly body: string;
}

const TABLES = `
  create table if not exists audit (seq integer primary key autoincrement, bytes integer not null, body text not null);
`;

/** How much waits. */
const COUNT = "select count(*) as rows, coalesce(sum(bytes), 0) as bytes from audit";

/**
 * Audits that wait on disk for the database, in the order in which they came. Every method throws what SQLite throws
 * (disk full, broken file), and then nothing has changed. A commit reaches the disk before `append` returns.
 */
export class AuditSpool {
  readonly #sqlite: DatabaseSync;
  readonly #limits: AuditSpoolLimits;
  #rows: number;
  #bytes: number;

  constructor(file: string, limits: AuditSpoolLimits = AUDIT_SPOOL_LIMITS) {
    this.#limits = limits;
    const { sqlite, rows, bytes } = openSpoolFile(file, TABLES, COUNT);
    this.#sqlite = sqlite;
    this.#rows = rows;
    this.#bytes = bytes;
  }

  /** How many audits wait. */
  get rows(): number {
    return this.#rows;
  }

  /** Adds an audit at the end of the line; returns how many others had to make room. */
  append(body: string): number {
    const bytes = Buffer.byteLength(body);
    this.#sqlite.prepare("insert into audit (bytes, body) values (?, ?)").run(bytes, body);
    this.#rows += 1;
    this.#bytes += bytes;
    return this.#makeRoom();
  }

  /** The first audit in line behind a number, or null. */
  next(after: number): SpooledAudit | null {
    const row = this.#sqlite
      .prepare("select seq, body from audit where seq > ? order by seq limit 1")
      .get(after);
    return row ? { seq: Number(row["seq"]), body: String(row["body"]) } : null;
  }

  /** Forgets an audit. */
  remove(seq: number): void {
    this.#forget(this.#sqlite.prepare("delete from audit where seq = ? returning bytes").all(seq));
  }

  close(): void {
    this.#sqlite.close();
  }

  #makeRoom(): number {
    const before = this.#rows;
    const evict = this.#sqlite.prepare(
      "delete from audit where seq = (select min(seq) from audit) returning bytes",
    );
    // The audit that came last stays, however large it is.
    while (this.#rows > 1 && this.#isOver()) this.#forget(evict.all());
    return before - this.#rows;
  }

  #isOver(): boolean {
    return this.#rows > this.#limits.maxRows || this.#bytes > this.#limits.maxBytes;
  }

  #forget(rows: readonly Record<string, unknown>[]): void {
    this.#rows -= rows.length;
    for (const row of rows) this.#bytes -= Number(row["bytes"]);
  }
}
