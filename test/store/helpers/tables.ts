import { sql } from "kysely";
import type { Database } from "../../../src/store/database.ts";
import { TABLES } from "../../../src/store/tables.ts";

/** Every row of these tables in its text form, sorted; equal snapshots mean equal tables. */
export async function snapshotTables(
  db: Database,
  tables: readonly string[] = TABLES,
): Promise<Record<string, string[]>> {
  const snapshot: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows } = await sql<{ line: string }>`
      select row_to_json(given)::text as line from ${sql.table(table)} given order by 1`.execute(
      db,
    );
    snapshot[table] = rows.map(({ line }) => line);
  }
  return snapshot;
}

/** Leaves no row in any table; partitions stay. */
export async function emptyTables(db: Database): Promise<void> {
  const names = sql.join(TABLES.map((table) => sql.table(table)));
  await sql`truncate ${names} restart identity`.execute(db);
}

/** A log that keeps what it is told, for tests that ask whether something was told. */
export function recordingLog() {
  const lines: { level: string; facts: object; message: string }[] = [];
  const at = (level: string) => (facts: object, message: string) => {
    lines.push({ level, facts, message });
  };
  return { lines, error: at("error"), warn: at("warn"), info: at("info") };
}
