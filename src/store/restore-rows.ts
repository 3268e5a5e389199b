import { sql } from "kysely";
import { UsageError } from "../domain/usage-error.ts";
import type { Footer, Header } from "./backup-format.ts";
import type { BackupReader } from "./backup-reader.ts";
import type { Database } from "./database.ts";
import { type Column, readColumns } from "./tables.ts";

/** Rows and characters that are inserted at a time. */
const BATCH_ROWS = 1000;
const BATCH_CHARS = 4 * 1024 * 1024;

/** Inserts all rows of a backup and returns its last line, which agrees with what was read; else throws UsageError. */
export async function loadRows(
  trx: Database,
  header: Header,
  reader: BackupReader,
): Promise<Footer> {
  const tables = await readColumns(trx);
  const counts: Record<string, number> = {};
  for await (const { table, rows } of batches(reader)) {
    const names = header.tables[table];
    const columns = names?.map((name) => tables.get(table)?.find((column) => column.name === name));
    if (!columns?.every((column) => column !== undefined)) {
      throw new UsageError(`The backup is broken: table ${table} is not of its schema.`);
    }
    counts[table] = (counts[table] ?? 0) + rows.length;
    if (rows.length > 0) await insert(trx, table, columns, rows);
  }
  const { rows } = reader.footer();
  const wrong = Object.keys(rows).find((table) => rows[table] !== (counts[table] ?? 0));
  if (wrong !== undefined) {
    throw new UsageError(`The backup is broken: rows of table ${wrong} are missing.`);
  }
  return reader.footer();
}

type TextRow = readonly (string | null)[];

async function* batches(reader: BackupReader) {
  let table = "";
  let rows: TextRow[] = [];
  let chars = 0;
  for await (const line of reader.rows()) {
    const full = rows.length >= BATCH_ROWS || chars >= BATCH_CHARS;
    if (full || "table" in line) {
      if (table !== "") yield { table, rows };
      rows = [];
      chars = 0;
    }
    if ("table" in line) {
      table = line.table;
    } else {
      rows.push(line.row);
      chars += line.chars;
    }
  }
  if (table !== "") yield { table, rows };
}

async function insert(
  trx: Database,
  table: string,
  columns: readonly Column[],
  rows: readonly TextRow[],
): Promise<void> {
  if (rows.some((row) => row.length !== columns.length)) {
    throw new UsageError(`The backup is broken: a row of table ${table} has the wrong length.`);
  }
  const names = sql.join(columns.map(({ name }) => sql.id(name)));
  const arrays = columns.map((_, index) => sql`${rows.map((row) => row[index] ?? null)}::text[]`);
  const values = columns.map(({ name, type }) => sql`${sql.id(name)}::${sql.raw(type)}`);
  await sql`
    insert into ${sql.id(table)} (${names})
    select ${sql.join(values)} from unnest(${sql.join(arrays)}) as given(${names})`.execute(trx);
}
