import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { sql, type Transaction } from "kysely";
import {
  type Footer,
  FORMAT,
  FORMAT_VERSION,
  type Header,
  TEXT_SETTINGS,
} from "./backup-format.ts";
import type { Database } from "./database.ts";
import { appliedMigrations } from "./migrate.ts";
import { PARTITIONED_TABLES } from "./partition-plan.ts";
import { listPartitions } from "./partitions.ts";
import type { Schema } from "./schema.ts";
import { type Column, readColumns } from "./tables.ts";

/** Rows that are fetched at a time; with a few kilobytes each they stay below some megabytes. */
const FETCH_ROWS = 1000;

/** Of tables with bytes, whose rows hold up to 32 KiB of them. */
const FETCH_ROWS_WITH_BYTES = 100;

/** Text that is compressed at a time: each piece is a gzip member of its own, and members may follow each other. */
const PIECE_CHARS = 512 * 1024;

export interface BackupOptions {
  /** Version of the product, told in the file. */
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
}

/**
 * Everything that the database holds, as one gzip stream, from one consistent snapshot.
 * Read it to the end or return it: it holds a transaction (on the embedded database, the only one) meanwhile.
 */
export async function* backup(db: Database, options: BackupOptions): AsyncGenerator<Uint8Array> {
  const compress = promisify(gzip);
  let piece = "";
  for await (const line of snapshot(db, options)) {
    piece += line;
    if (piece.length < PIECE_CHARS) continue;
    yield await compress(piece);
    piece = "";
  }
  yield await compress(piece);
}

/** All lines with their line ends, read in one transaction that sees one state of the database. */
async function* snapshot(db: Database, options: BackupOptions): AsyncGenerator<string> {
  const trx = await db
    .startTransaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute();
  try {
    // A partition that is emptied is empty for older snapshots too: emptying waits for this, the snapshot comes after it.
    await sql`lock table probe_result in access share mode`.execute(trx);
    for (const setting of TEXT_SETTINGS) await sql.raw(setting).execute(trx);
    yield* lines(trx, options);
    await trx.commit().execute();
  } finally {
    if (!trx.isCommitted) await trx.rollback().execute();
  }
}

async function* lines(trx: Transaction<Schema>, options: BackupOptions): AsyncGenerator<string> {
  const digest = createHash("sha256");
  const rows: Record<string, number> = {};
  const emit = (value: string) => {
    const line = `${value}\n`;
    digest.update(line);
    return line;
  };
  const tables = await readColumns(trx);
  yield emit(JSON.stringify(await makeHeader(trx, tables, options)));
  for (const [table, columns] of tables) {
    yield emit(JSON.stringify({ table }));
    rows[table] = 0;
    for await (const row of rowsOf(trx, table, columns)) {
      rows[table] += 1;
      yield emit(row);
    }
  }
  const end: Footer = { rows, sequences: await sequences(trx), sha256: digest.digest("hex") };
  yield `${JSON.stringify(end)}\n`;
}

async function makeHeader(
  trx: Database,
  tables: ReadonlyMap<string, readonly Column[]>,
  { version, clock = Date.now }: BackupOptions,
): Promise<Header> {
  const partitions: string[] = [];
  for (const table of PARTITIONED_TABLES) {
    partitions.push(...(await listPartitions(trx, table)).map(({ name }) => name));
  }
  const names = [...tables].map(([table, columns]) => [table, columns.map(({ name }) => name)]);
  return {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    version,
    writtenAt: new Date(clock()).toISOString(),
    migrations: await appliedMigrations(trx),
    tables: Object.fromEntries(names),
    partitions,
  };
}

/** Each row as a JSON array of texts, through a cursor. */
async function* rowsOf(
  trx: Database,
  table: string,
  columns: readonly Column[],
): AsyncGenerator<string> {
  const texts = sql.join(columns.map(({ name }) => sql`${sql.id(name)}::text`));
  await sql`declare backup_rows no scroll cursor for
    select json_build_array(${texts})::text as line from ${sql.id(table)}`.execute(trx);
  const atOnce = columns.some(({ type }) => type === "bytea") ? FETCH_ROWS_WITH_BYTES : FETCH_ROWS;
  for (;;) {
    const { rows } = await sql<{ line: string }>`
      fetch ${sql.lit(atOnce)} from backup_rows`.execute(trx);
    for (const { line } of rows) yield line;
    if (rows.length < atOnce) break;
  }
  await sql`close backup_rows`.execute(trx);
}

async function sequences(trx: Database): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string; last: number | null }>`
    select sequencename as name, last_value as last from pg_sequences
    where schemaname = current_schema() order by 1`.execute(trx);
  return Object.fromEntries(
    rows.flatMap(({ name, last }) => (last === null ? [] : [[name, last]])),
  );
}
