import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * Writes the embedded database's changes into its tables, so that its write-ahead log stays small and a start after
 * a kill is quick: without background processes nothing else does it. A server does it by itself; there it is left
 * alone. Returns whether it was done.
 */
export async function checkpointEmbedded(db: Database): Promise<boolean> {
  const { rows } = await sql<{ version: string }>`select version()`.execute(db);
  if (!rows[0]?.version.includes("PGlite")) return false;
  await sql`checkpoint`.execute(db);
  return true;
}
