import { sql } from "kysely";
import type { Database } from "../database.ts";

/** The number that all who decide about incidents lock on (pg_advisory_xact_lock). */
const INCIDENT_LOCK = 20_261_125;

/**
 * Waits for its turn to decide about incidents, and holds it until the transaction ends. Whoever decides writes what it
 * saw first, takes the lock, and then reads what others saw: the later of two that decide at once sees both.
 */
export async function lockIncidents(trx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${INCIDENT_LOCK}::bigint)`.execute(trx);
}
