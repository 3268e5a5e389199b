import { afterAll, beforeAll, expect, test } from "vitest";
import { listIncidents } from "../../../src/reports/incidents/list.ts";
import type { Database } from "../../../src/store/database.ts";
import { openTestDatabase } from "../../support/database.ts";
import { incident, type Outages, putOutages } from "../outages.ts";
import { buildWorld, START } from "../world.ts";
import { viewRows } from "./view-rows.ts";

let db: Database;
let close: () => Promise<void>;
let made: Outages;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  const numbers = await buildWorld(db);
  made = await putOutages(db, numbers);
  const again = { subject: `portal:${numbers.slow}`, portal_id: numbers.slow, kind: "degraded" };
  await db
    .insertInto("incident")
    .values(incident({ ...again, kind: "degraded" }))
    .execute();
});
afterAll(() => close());

test("the incidents of the views are the report's, with portal, members, end and who is told", async () => {
  const { rows } = await listIncidents(db, Date.now(), {}, { limit: 100, after: null });
  const told = await viewRows(db, "incident", "order by opened_at desc, incident desc");
  expect(told.map(shown)).toEqual(
    rows.map((row) => ({
      incident: row.id,
      incident_kind: row.kind,
      severity: row.severity,
      scope: row.scope,
      family: row.family,
      cause: row.cause,
      subject_type: row.subject.type,
      subject: row.portal?.id ?? row.subject.name,
      agency: row.portal?.agency.id ?? null,
      province: row.portal?.province?.code ?? null,
      portals: row.members + (row.portal === null ? 0 : 1),
      opened_at: new Date(row.opened_at),
      resolved_at: row.resolved_at === null ? null : new Date(row.resolved_at),
      open: row.resolved_at === null,
      closed_by: row.closed_by,
      parent: row.parent,
      held: row.held,
      acknowledged_at: row.acknowledged === null ? null : new Date(row.acknowledged.at),
      flapping: row.flapping,
      reopened: row.reopened,
    })),
  );
});

test("an incident says how often the same has been there before, and how long it lasted", async () => {
  const [past, again] = await viewRows(
    db,
    "incident",
    "where incident_kind = 'degraded' order by incident",
  );
  expect(past).toMatchObject({ earlier_90d: 0, duration_seconds: 3600 });
  expect(again).toMatchObject({ earlier_90d: 1, open: true });
});

test("the history of an incident tells what happened, and not what people wrote", async () => {
  const rows = await viewRows(db, "incident_event", `where incident = ${made.half}`);
  expect(rows).toEqual([
    {
      incident: made.half,
      number: expect.any(Number),
      event: "opened",
      at: new Date(START - 120_000),
      recorded_at: expect.any(Date),
      by_person: false,
    },
  ]);
});

function shown(row: Record<string, unknown>): Record<string, unknown> {
  const { confirmed_at: _c, last_bad_at: _l, duration_seconds: _d, told_at: _t, ...rest } = row;
  const { earlier_90d: _e, portal: _p, url: _u, kind: _k, made_up: _m, ...others } = rest;
  return Object.fromEntries(Object.entries(others).filter(([name]) => !name.includes("_name_")));
}
