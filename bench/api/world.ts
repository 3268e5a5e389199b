import { sql } from "kysely";
import { seed } from "../../seeds/seed.ts";
import type { Database } from "../../src/store/database.ts";
import { makeUpPortals } from "../../test/support/made-up-audits.ts";

/** A sixtieth of all portals has new results each second. */
const ROUND_SECONDS = 60;

/** Provinces, many made-up portals, and a last run of both families for each, within the last minute. */
export async function fillApiWorld(db: Database, portals: number, vantage: string): Promise<void> {
  const now = new Date();
  await seed(db, { now, portals: false });
  await makeUpPortals(db, portals, now);
  await db.insertInto("vantage").values({ name: vantage, created_at: now }).execute();
  await addLastRuns(db, vantage);
}

/** A last run of both families for every portal, within the last minute; the vantage point is there already. */
export async function addLastRuns(db: Database, vantage: string): Promise<void> {
  await sql`insert into probe_latest (portal_id, family, vantage_id, scheduled_at, outcome, failure, failure_source, since,
      status, resolve_ms, connect_ms, tls_ms, processing_ms, transfer_ms, total_ms)
    select portal.id, family, vantage.id, now() - portal.id % 60 * interval '1 second',
      case when bad then 'fail' else 'ok' end, case when bad then 'connect_refused' end, case when bad then 'target' end,
      now() - interval '1 hour', case when bad then null else 200 end, 2, 10.5, 25, 80, 5, 122.5
    from portal, vantage, unnest(array['ip4', 'ip6']) family, lateral (select portal.id % 50 = 7 as bad) b
    where vantage.name = ${vantage}`.execute(db);
  for (const table of ["portal", "agency", "admin_unit", "probe_latest"]) {
    await sql`vacuum analyze ${sql.table(table)}`.execute(db);
  }
}

/** New results of a sixtieth of all portals, as one batch of the writer. */
export async function newResults(db: Database, second: number): Promise<void> {
  await sql`update probe_latest set scheduled_at = now(), total_ms = 100 + random() * 50
    where portal_id % ${ROUND_SECONDS} = ${second % ROUND_SECONDS}`.execute(db);
}
