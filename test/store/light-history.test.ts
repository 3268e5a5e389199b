import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addDays } from "../../src/domain/calendar.ts";
import type { Family } from "../../src/domain/family.ts";
import type { Database } from "../../src/store/database.ts";
import { lightProbeHistories, lightProbeHistory } from "../../src/store/light-history.ts";
import { vantageNumber } from "../../src/store/vantages.ts";
import { openTestDatabase } from "../support/database.ts";
import { registerPortals } from "./helpers/results.ts";
import { emptyTables } from "./helpers/tables.ts";

const TODAY = "2026-11-22";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(async () => {
  await emptyTables(db);
  await registerPortals(db, 2);
  await vantageNumber(db, "local");
  await vantageNumber(db, "other");
});

interface Counts {
  readonly ok?: number;
  readonly degraded?: number;
  readonly fail?: number;
  readonly unknown?: number;
  readonly no_address?: number;
}

/** Days of runs over one family, by how many days before today they were, the last one included. */
async function days(
  family: Family,
  [from, to]: readonly [number, number],
  counts: Counts,
  { portal = 1, vantage = 1 } = {},
) {
  const rows = Array.from({ length: from - to + 1 }, (_, at) => ({
    portal_id: portal,
    family,
    vantage_id: vantage,
    day: addDays(TODAY, at - from),
    slots: 100,
    ok: 0,
    degraded: 0,
    fail: 0,
    unknown: 0,
    no_address: 0,
    skipped: 0,
    resolve_hist: [],
    connect_hist: [],
    tls_hist: [],
    processing_hist: [],
    transfer_hist: [],
    total_hist: [],
    ...counts,
  }));
  await db.insertInto("probe_rollup_day").values(rows).execute();
}

const history = () => lightProbeHistory(db, 1, 1, TODAY);

test("a portal that was never probed has no history", async () => {
  expect(await history()).toEqual({ days: 0, successRatio: { ip4: null, ip6: null } });
});

test("success is what was ok or degraded of what could be judged", async () => {
  await days("ip4", [30, 1], { ok: 90, degraded: 5, fail: 5, unknown: 1000 });
  await days("ip6", [30, 1], { ok: 99, fail: 1 });
  expect(await history()).toEqual({ days: 30, successRatio: { ip4: 0.95, ip6: 0.99 } });
});

test("the day itself and what is older than thirty-three days do not count", async () => {
  await days("ip4", [34, 34], { fail: 100 });
  await days("ip4", [33, 33], { ok: 1 });
  await days("ip4", [0, 0], { fail: 100 });
  expect(await history()).toEqual({ days: 1, successRatio: { ip4: 1, ip6: null } });
});

test("of more than thirty days of history the last thirty count", async () => {
  await days("ip4", [33, 31], { fail: 100 });
  await days("ip4", [30, 1], { ok: 100 });
  expect(await history()).toEqual({ days: 30, successRatio: { ip4: 1, ip6: null } });
});

test("three days of an outage of ours take no history away, the fourth does", async () => {
  for (const family of ["ip4", "ip6"] as const) await days(family, [33, 15], { ok: 100 });
  for (const family of ["ip4", "ip6"] as const) await days(family, [11, 1], { ok: 100 });
  expect(await history()).toMatchObject({ days: 30 });
  await db.deleteFrom("probe_rollup_day").where("day", "=", addDays(TODAY, -1)).execute();
  expect(await history()).toMatchObject({ days: 29 });
});

test("a day on which only one family could be judged still counts for the success of that family", async () => {
  await days("ip4", [33, 1], { ok: 10 });
  await days("ip6", [33, 6], { ok: 10 });
  await days("ip6", [5, 5], { unknown: 10 });
  await days("ip6", [4, 1], { ok: 10 });
  await db
    .updateTable("probe_rollup_day")
    .set({ ok: 0, fail: 10 })
    .where("day", "=", addDays(TODAY, -5))
    .where("family", "=", "ip4")
    .execute();
  const { days: counted, successRatio } = await history();
  expect(counted).toBe(30);
  expect(successRatio.ip4).toBeCloseTo(30 / 31, 10);
});

test("a family that was published later counts from then on", async () => {
  await days("ip4", [30, 1], { ok: 10 });
  await days("ip6", [30, 11], { no_address: 10 });
  await days("ip6", [10, 1], { ok: 10 });
  expect(await history()).toMatchObject({ days: 10 });
});

test("a day on which one family could not be judged does not count", async () => {
  await days("ip4", [30, 1], { ok: 10 });
  await days("ip6", [30, 2], { ok: 10 });
  await days("ip6", [1, 1], { unknown: 10 });
  expect(await history()).toMatchObject({ days: 29, successRatio: { ip6: 1 } });
});

test("a portal of one family needs that family alone", async () => {
  await days("ip4", [30, 1], { no_address: 10 });
  await days("ip6", [30, 1], { ok: 10 });
  expect(await history()).toEqual({ days: 30, successRatio: { ip4: null, ip6: 1 } });
});

test("many portals are answered at once, each vantage point for itself", async () => {
  await days("ip4", [3, 1], { ok: 1 });
  await days("ip4", [5, 1], { ok: 1, fail: 1 }, { portal: 2 });
  await days("ip4", [30, 1], { fail: 1 }, { portal: 2, vantage: 2 });
  const all = await lightProbeHistories(db, 1, TODAY);
  expect([...all].toSorted(([one], [other]) => one - other)).toEqual([
    [1, { days: 3, successRatio: { ip4: 1, ip6: null } }],
    [2, { days: 5, successRatio: { ip4: 0.5, ip6: null } }],
  ]);
  expect([...(await lightProbeHistories(db, 1, TODAY, [2])).keys()]).toEqual([2]);
});
