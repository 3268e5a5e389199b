import { sql } from "kysely";
import type { Database } from "./database.ts";

/** What spans and standing belong to: a portal as one vantage point sees it. */
export interface AuditedPair {
  /** The portal's number. */
  readonly portal: number;
  /** The vantage point's number. */
  readonly vantage: number;
}

/** Any number that nothing else in this database locks, beside the number of a vantage point. */
const AUDIT_LOCK = 417_196_302;

/**
 * Lets one transaction at a time write audits of a vantage point, until it ends: they are seldom and short, and what
 * several portals have in common (events of the vantage point) is then seen by each.
 */
export async function lockAudits(trx: Database, vantage: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(${AUDIT_LOCK}::int, ${vantage}::int)`.execute(trx);
}
