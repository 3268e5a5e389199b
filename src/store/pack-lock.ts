import { sql } from "kysely";
import type { Database } from "./database.ts";

/** The number that those who pack hours, and those who add runs to hours that may be packed, lock on. */
const PACK_LOCK = 20_261_128;

/** Waits until nobody adds old runs and nobody else packs, and keeps it so until the transaction ends. */
export async function lockToPack(trx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${PACK_LOCK}::bigint)`.execute(trx);
}

/** Waits until nobody packs, and keeps it so until the transaction ends; others may add old runs as well. */
export async function lockToAddOldRuns(trx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${PACK_LOCK}::bigint)`.execute(trx);
}
