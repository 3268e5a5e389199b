import { sql } from "kysely";
import type { Database } from "./database.ts";

/** The number that all writers of coverage figures and releases lock on (pg_advisory_xact_lock). */
const COVERAGE_LOCK = 20_260_701;

/**
 * Waits for its turn to write figures or a release, and holds it until the transaction ends; so ids follow the order
 * in which figures became visible, and a cut by id is exact.
 */
export async function lockCoverage(trx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${COVERAGE_LOCK}::bigint)`.execute(trx);
}
