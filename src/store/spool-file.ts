import { DatabaseSync } from "node:sqlite";

/** A file that an outage made large gives its pages back; it must be asked for before the first table. */
const PRAGMAS = `
  pragma auto_vacuum = full;
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma journal_size_limit = 16777216;
`;

/** A spool's open file, and how much an earlier process left waiting in it. */
export interface SpoolFile {
  readonly sqlite: DatabaseSync;
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Opens a spool's SQLite file, makes its tables where they are not there and counts what waits, by a query for `rows`
 * and `bytes`; throws what SQLite throws, with nothing left open.
 *
 * Write-ahead mode with synchronous=FULL: a commit reaches the disk before it returns. NORMAL would survive kill -9 as
 * well, but a database is often lost because the power is failing.
 */
export function openSpoolFile(file: string, tables: string, count: string): SpoolFile {
  const sqlite = new DatabaseSync(file);
  try {
    sqlite.exec(PRAGMAS);
    sqlite.exec(tables);
    const waiting = sqlite.prepare(count).get();
    return { sqlite, rows: Number(waiting?.["rows"]), bytes: Number(waiting?.["bytes"]) };
  } catch (error) {
    sqlite.close();
    throw error;
  }
}
