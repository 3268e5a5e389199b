import { type RawBuilder, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scopeSql } from "../../src/reports/compliance-scope.ts";
import { foldedSql } from "../../src/reports/folded-text.ts";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());

/** How a question is answered where reading whole tables and sorting are the last resort. */
const planOf = (question: RawBuilder<unknown>) =>
  db.transaction().execute(async (trx) => {
    await sql`set local enable_seqscan = off`.execute(trx);
    await sql`set local enable_sort = off`.execute(trx);
    await sql`set local enable_bitmapscan = off`.execute(trx);
    const { rows } = await sql<{ "QUERY PLAN": string }>`explain ${question}`.execute(trx);
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  });

test("the list by name has an index of the very expression that it is sorted by", async () => {
  const name = foldedSql(sql.ref<string>("p.name_vi"));
  const plan = await planOf(
    sql`select p.id from portal p order by ${name}, p.slug collate "C" limit 10`,
  );
  expect(plan).toContain("portal_by_name");
});

test("chains that lead to the national gateway have an index of the very expression that tells them", async () => {
  const scope = scopeSql("k");
  const plan = await planOf(
    sql`select ${scope} from (select p.id, p.lifecycle, p.host, t.last_audit_id
      from portal p join standing_track t on t.portal_id = p.id) k`,
  );
  expect(plan).toContain("observation_part_gateway");
});

test("what is counted of a portal's days is read from the index alone", async () => {
  const plan = await planOf(sql`
    select r.day, r.family, r.slots, r.ok, r.degraded, r.fail, r.no_address, r.maintenance, r.maintenance_good,
      r.maintenance_bad, r.suspect
    from probe_rollup_day r where r.portal_id = 1 and r.vantage_id = 1 and r.day >= '2026-01-01'`);
  expect(plan).toContain("Index Only Scan using probe_rollup_day_pkey");
});
