import { sql } from "kysely";
import { readRequirements } from "../../seeds/read-requirements.ts";
import { seed } from "../../seeds/seed.ts";
import type { Database } from "../../src/store/database.ts";
import { putRequirements } from "../../src/store/requirements.ts";
import { makeUpAudits, makeUpPortals } from "../../test/support/made-up-audits.ts";
import { addLastRuns } from "../api/world.ts";

/** The last day of a quarter, so that the quarter is whole; the instant at which everything is asked. */
export const NOW = Date.parse("2026-09-30T09:30:00Z");
export const QUARTER = { from: "2026-07-01", to: "2026-10-01" } as const;
export const TIMEZONE = "Asia/Ho_Chi_Minh";
export const VANTAGE = "local";

/** Portals of the one large agency; the others have sixty each. */
const LARGEST = 2000;
const PER_AGENCY = 60;

const REGISTERED = new Date("2025-09-01T00:00:00Z");

/** Portals, their last runs, and a month of audits, one a day. */
export async function fillPortals(db: Database, portals: number): Promise<void> {
  await seed(db, { now: REGISTERED, portals: false });
  await putRequirements(db, await readRequirements());
  await makeUpPortals(db, portals, REGISTERED);
  await gatherAgencies(db);
  await makeUpAudits(db, { now: NOW, days: 30, auditsPerDay: 1, vantage: VANTAGE });
  await addLastRuns(db, VANTAGE);
  await sql`update probe_latest set scheduled_at = ${new Date(NOW)}`.execute(db);
}

/** Stable ids of the agency that has most portals, and of one as most are. */
export async function agenciesOf(db: Database): Promise<{ largest: string; usual: string }> {
  const { rows } = await sql<{ slug: string }>`
    select a.slug from agency a join portal p on p.agency_id = a.id group by a.slug order by count(*) desc, a.slug limit 2`.execute(
    db,
  );
  const [largest, usual] = rows;
  if (largest === undefined || usual === undefined) throw new Error("There are no two agencies");
  return { largest: largest.slug, usual: usual.slug };
}

/** Gives the first portals to one agency and the others, sixty at a time, to one more each; what has none goes. */
async function gatherAgencies(db: Database): Promise<void> {
  await sql`
    update portal set agency_id = owner.id
    from (select id, row_number() over (order by id) - 1 as place from portal) each
    join (select id, row_number() over (order by id) - 1 as place from agency where owner_type = 'made-up') owner
      on owner.place = case when each.place < ${sql.lit(LARGEST)} then 0
        else 1 + (each.place - ${sql.lit(LARGEST)}) / ${sql.lit(PER_AGENCY)} end
    where portal.id = each.id`.execute(db);
  await sql`delete from agency a where owner_type = 'made-up' and not exists (
    select from portal where agency_id = a.id)`.execute(db);
  await sql`vacuum analyze portal`.execute(db);
  await sql`vacuum analyze agency`.execute(db);
}
