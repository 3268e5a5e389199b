import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * The tables whose rows change all the time; the large ones only grow and lose whole partitions. Of days the last ones are
 * counted anew every hour, and the others are read from their index alone once a vacuum has seen them.
 */
const CHANGING = [
  "portal",
  "portal_address",
  "certificate",
  "portal_certificate",
  "failure_evidence",
  "probe_latest",
  "rollup_dirty",
  "probe_rollup_day",
  "api_key",
  "job_run",
  "finding",
  "standing",
  "standing_track",
  "audit",
  "observation_part",
  "certificate_der",
  "seen_name",
] as const;

/**
 * Gives the room of replaced rows back and brings the planner's statistics up to date. A server does it by itself as
 * well; nothing does on the embedded database.
 */
export async function vacuumTables(db: Database): Promise<readonly string[]> {
  for (const table of CHANGING) {
    await sql`vacuum (analyze, skip_locked) ${sql.table(table)}`.execute(db);
  }
  return CHANGING;
}
