import { sql } from "kysely";
import type { Database } from "../store/database.ts";

/**
 * What is committed at this instant, as opaque text: two equal texts mean that no transaction which wrote anything has
 * ended between them, by whichever process (pg_current_snapshot, PostgreSQL's documentation section 9.27).
 */
export async function committedSoFar(db: Database): Promise<string> {
  const { rows } = await sql<{ snapshot: string }>`
    select pg_current_snapshot()::text as snapshot`.execute(db);
  return rows[0]?.snapshot ?? "";
}
