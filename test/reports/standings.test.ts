import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PortalStanding, standingOf, standingPages } from "../../src/reports/standings.ts";
import { makeUpAudits, makeUpPortals } from "../support/made-up-audits.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";

const NOW = Date.parse("2026-11-22T08:00:00Z");
/** More than one page, of which there are 500. */
const PORTALS = 620;

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
beforeAll(async () => {
  opened = await openCoverageDatabase();
  const { db } = opened;
  await makeUpPortals(db, PORTALS, new Date(NOW));
  await makeUpAudits(db, { now: NOW, days: 1, auditsPerDay: 2, vantage: "local" });
}, 60_000);
afterAll(() => opened.close());

async function allOf(vantage: string): Promise<PortalStanding[]> {
  const all: PortalStanding[] = [];
  for await (const page of standingPages(opened.db, vantage)) all.push(...page);
  return all;
}

test("every portal stands once, by its last audit, with what does not hold", async () => {
  const all = await allOf("local");
  expect(new Set(all.map(({ portal }) => portal)).size).toBe(PORTALS);
  const { rows } = await sql<{ portal: number; audit: number; wrong: number }>`
    select portal_id as portal, max(id) as audit, (
      select count(distinct check_id || verdict) from finding where finding.portal_id = audit.portal_id
        and ended_at is null and verdict in ('warn', 'fail')) as wrong
    from audit group by portal_id order by portal_id`.execute(opened.db);
  expect(
    all.map(({ portal, lastAudit, wrong }) => ({ portal, audit: lastAudit, wrong: wrong.length })),
  ).toEqual(rows);
  expect(await standingOf(opened.db, "local", all[7]?.portal ?? 0)).toEqual(all[7]);
  expect(await allOf("elsewhere")).toEqual([]);
});

test("portals that were not audited at their present URL stand nowhere, and hide none behind them", async () => {
  const all = await allOf("local");
  const moved = all.slice(0, 505).map(({ portal }) => portal);
  await sql`update portal set url = url || 'moved' where id = any(${moved}::int[])`.execute(
    opened.db,
  );
  expect(await allOf("local")).toEqual(all.slice(505));
  expect(await standingOf(opened.db, "local", moved[0] ?? 0)).toBeNull();
});
