import { sql } from "kysely";
import { breathe } from "./breathe.ts";
import type { Database } from "./database.ts";

/** Rows that go in one statement: some milliseconds, so that others can work between two. */
const BATCH = 1000;

/** What was removed. */
export interface ForgottenAudits {
  readonly audits: number;
  readonly parts: number;
  readonly certificates: number;
}

/**
 * Removes audits that began before an instant, then parts and DER forms that no audit since then holds. Spans of
 * findings, levels and grades stay: they are small, and the history that people ask for.
 */
export async function forgetAudits(db: Database, before: Date): Promise<ForgottenAudits> {
  const audits = await inBatches(db, "audit", sql`started_at < ${before}`);
  // A part is noted once a day at most, so one that was noted earlier than a day before is in no audit that is kept.
  const unused = sql`last_seen < ${before}::timestamptz - interval '1 day'`;
  return {
    audits,
    parts: await inBatches(db, "observation_part", unused),
    certificates: await inBatches(db, "certificate_der", unused),
  };
}

async function inBatches(
  db: Database,
  table: "audit" | "observation_part" | "certificate_der",
  where: ReturnType<typeof sql>,
): Promise<number> {
  let removed = 0;
  for (;;) {
    // The condition stands twice: a row that was noted again in the meantime stays.
    const { numAffectedRows } = await sql`
      delete from ${sql.table(table)} where ctid = any(array(
        select ctid from ${sql.table(table)} where ${where} limit ${BATCH})) and ${where}`.execute(
      db,
    );
    const count = Number(numAffectedRows ?? 0);
    removed += count;
    if (count < BATCH) return removed;
    await breathe();
  }
}
