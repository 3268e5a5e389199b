import { sql } from "kysely";
import { readRequirements } from "../../seeds/read-requirements.ts";
import { seed } from "../../seeds/seed.ts";
import type { ComplianceView } from "../../src/reports/compliance-view.ts";
import type { Database } from "../../src/store/database.ts";
import { putRequirements } from "../../src/store/requirements.ts";
import { databaseKind, openTestDatabase } from "../../test/support/database.ts";
import { makeUpAudits, makeUpPortals } from "../../test/support/made-up-audits.ts";

/** The instant of the last made-up audits. */
export const NOW = Date.parse("2026-11-22T08:00:00Z");

const REGISTERED = new Date("2026-10-01T00:00:00Z");

/** From where the bench looks. */
export const VIEW: ComplianceView = {
  vantage: "local",
  now: NOW,
  intervalMs: 60_000,
  timezone: "Asia/Ho_Chi_Minh",
  asOf: null,
};

/** A fresh database, on the server that TEST_DATABASE_URL names or embedded. */
export async function openBenchDatabase() {
  return { ...(await openTestDatabase()), kind: databaseKind };
}

/** The real portals, all of them active, with four audits a day for a month; or many made-up ones with one a day. */
export async function fillDatabase(db: Database, many: number | null): Promise<void> {
  await seed(db, { now: REGISTERED, portals: many === null });
  await putRequirements(db, await readRequirements());
  if (many === null) {
    await db
      .updateTable("portal")
      .set({ lifecycle: "active", retired_at: null, merged_into_id: null })
      .execute();
  } else {
    await makeUpPortals(db, many, REGISTERED);
  }
  const auditsPerDay = many === null ? 4 : 1;
  await makeUpAudits(db, { now: NOW, days: 30, auditsPerDay, vantage: VIEW.vantage });
}

/** Counts every row that the list could touch, by reading it. */
export async function plainScan(db: Database): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    select (select count(length(name_vi)) from portal) + (select count(level) from standing)
      + (select count(last_audit_at) from standing_track) + (select count(verdict) from finding) as rows`.execute(
    db,
  );
  return rows[0]?.rows ?? 0;
}
