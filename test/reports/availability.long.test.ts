import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OUTCOMES, type ProbeResult } from "../../src/domain/observation.ts";
import { type AvailabilityFilter, listAvailability } from "../../src/reports/availability.ts";
import { portalStrip } from "../../src/reports/portal-strip.ts";
import type { Database } from "../../src/store/database.ts";
import { BatchStore } from "../../src/store/result-batch.ts";
import { rollUp } from "../../src/store/rollup.ts";
import { openTestDatabase } from "../support/database.ts";
import { registerPortals, result, START } from "../store/helpers/results.ts";
import { emptyTables } from "../store/helpers/tables.ts";
import { incident } from "./outages.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SETTINGS = {
  reportTimezone: "Asia/Ho_Chi_Minh",
  probeIntervalMs: MINUTE,
  retentionRawDays: 14,
};

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(() => freshTables(2));

async function freshTables(portals = 2): Promise<void> {
  await emptyTables(db);
  await registerPortals(db, portals);
  // Portals came a long time ago, the vantage point at the first of the runs.
  await sql`insert into vantage (name, created_at) values ('local', ${new Date(START)})`.execute(
    db,
  );
}

/** Stores runs at minutes after START and rolls up what they are of. */
async function given(runs: readonly ProbeResult[], hours = 4): Promise<void> {
  await new BatchStore(db, Date.now).store(runs);
  await rollUp(db, SETTINGS, START + hours * HOUR);
}

const runs = (from: number, to: number, change: Partial<ProbeResult> = {}) =>
  Array.from({ length: to - from }, (_, index) => {
    const scheduledAt = START + (from + index) * MINUTE;
    return result({ scheduledAt, startedAt: scheduledAt, certificate: null, ...change });
  });
const fail = { outcome: "fail", failure: { kind: "connect_timeout", source: "target" } } as const;
const absent = { outcome: "no_address", family: "ip6" } as const;

const available = async (filter: Partial<AvailabilityFilter> = {}) => {
  const wanted = { by: "portal", span: "day", vantage: "local", ...filter } as const;
  const { rows } = await listAvailability(db, wanted, { limit: 100, after: null });
  return rows;
};

/** A window over a portal, and when it is. */
async function maintain(
  from: number,
  to: number,
  cancelled: number | null = null,
  portal = 1,
): Promise<void> {
  const { id } = await db
    .insertInto("maintenance_window")
    .values({
      title: "w",
      portal_id: portal,
      starts_at: new Date(START + from * MINUTE),
      duration_minutes: to - from,
      created_by: "test",
      cancelled_at: cancelled === null ? null : new Date(START + cancelled * MINUTE),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const span = {
    starts_at: new Date(START + from * MINUTE),
    ends_at: new Date(START + to * MINUTE),
  };
  await db
    .insertInto("maintenance_occurrence")
    .values({ window_id: id, ...span })
    .execute();
}

describe("availability", () => {
  test("is up over up and down, and says beside it what could not be told: slots that never ran too", async () => {
    await given([
      ...runs(0, 40),
      ...runs(40, 45, { outcome: "degraded" }),
      ...runs(45, 50, fail),
      ...runs(50, 52, { outcome: "unknown" }),
      ...runs(52, 54, { outcome: "skipped", skipReason: "skip_late" }),
      ...runs(0, 54, absent),
      ...runs(60, 61),
    ]);
    const [row] = await available({ portal: "portal-000001" });
    // 61 slots of IPv4 until the last run: 46 up, 5 down, 10 that nobody can tell. IPv6 is not published.
    expect(row).toMatchObject({
      start: "2026-11-22",
      days: 1,
      slots: 61,
      up: 46,
      down: 5,
      unknown: 10,
    });
    expect(row?.ratio).toBeCloseTo(46 / 51, 12);
    expect(row?.unknown_ratio).toBeCloseTo(10 / 61, 12);
  });

  test("counts every family that is published, and one of them where that is asked", async () => {
    await given([...runs(0, 10), ...runs(0, 10, { ...fail, family: "ip6" })]);
    expect(await available({ portal: "portal-000001" })).toMatchObject([
      { up: 10, down: 10, ratio: 0.5 },
    ]);
    expect(await available({ portal: "portal-000001", family: "ip4" })).toMatchObject([
      { ratio: 1 },
    ]);
  });

  test("takes maintenance out, good runs and bad ones, until it is cancelled", async () => {
    await maintain(10, 30, 25);
    await given([...runs(0, 15), ...runs(15, 30, fail), ...runs(0, 30, absent)]);
    // 10 to 25 is maintenance: 5 good and 10 bad runs. After it 5 more fail.
    expect(await available({ portal: "portal-000001" })).toMatchObject([
      { slots: 30, up: 10, down: 5, maintenance: 15, unknown: 0 },
    ]);
  });

  test("calls unknown what failed while the place itself was in doubt", async () => {
    await db
      .insertInto("incident")
      .values(
        incident({
          kind: "vantage_degraded",
          subject: "vantage:1/mass",
          cause: "mass_failure",
          vantage_id: 1,
          opened_at: new Date(START + 5 * MINUTE),
          resolved_at: new Date(START + 10 * MINUTE),
          closed_by: "good",
        }),
      )
      .execute();
    await given([...runs(0, 6), ...runs(6, 12, fail), ...runs(0, 12, absent)]);
    // Minutes 6 to 9 fail in doubt, 10 and 11 do not.
    expect(await available({ portal: "portal-000001" })).toMatchObject([
      { slots: 12, up: 6, down: 2, unknown: 4 },
    ]);
  });

  test("of an agency is sum over sum, not a mean of its portals", async () => {
    await given([
      ...runs(0, 30),
      ...runs(0, 30, absent),
      ...runs(0, 10, { ...fail, portal: 2 }),
      ...runs(0, 10, { ...absent, portal: 2 }),
      ...runs(20, 30, { portal: 2 }),
    ]);
    const [row] = await available({ by: "agency" });
    expect(row).toMatchObject({ up: 40, down: 10, ratio: 0.8 });
  });

  test("begins days, months and quarters where the reporting time zone does", async () => {
    // 16:58 UTC is 23:58 in Viet Nam: two runs on the one day, two on the next.
    await given(runs(538, 542), 11);
    const days = await available({ portal: "portal-000001", family: "ip4" });
    expect(days.map(({ start, up }) => [start, up])).toEqual([
      ["2026-11-23", 2],
      ["2026-11-22", 2],
    ]);
    const months = await available({ portal: "portal-000001", family: "ip4", span: "month" });
    expect(months).toMatchObject([{ start: "2026-11-01", days: 2, up: 4 }]);
    const quarters = await available({ portal: "portal-000001", family: "ip4", span: "quarter" });
    expect(quarters).toMatchObject([{ start: "2026-10-01", days: 2, up: 4 }]);
    const one = await available({ portal: "portal-000001", family: "ip4", from: "2026-11-23" });
    expect(one.map(({ start }) => start)).toEqual(["2026-11-23"]);
  });
});

test("up, down, unknown and maintenance are always the slots, whatever came and whatever was planned", async () => {
  const anyRun = fc.record({
    portal: fc.integer({ min: 1, max: 12 }),
    minute: fc.integer({ min: 0, max: 130 }),
    family: fc.constantFrom("ip4" as const, "ip6" as const),
    outcome: fc.constantFrom(...OUTCOMES),
  });
  const drawn = fc.uniqueArray(anyRun, {
    selector: ({ portal, minute, family }) => `${portal} ${family} ${minute}`,
    minLength: 200,
    maxLength: 600,
  });
  const window = fc.record({
    portal: fc.integer({ min: 1, max: 12 }),
    from: fc.integer({ min: 0, max: 120 }),
    length: fc.integer({ min: 1, max: 60 }),
  });
  await fc.assert(
    fc.asyncProperty(drawn, fc.array(window, { maxLength: 10 }), async (some, windows) => {
      await freshTables(12);
      for (const { portal, from, length } of windows)
        await maintain(from, from + length, null, portal);
      await given(some.flatMap(({ minute, ...change }) => runs(minute, minute + 1, change)));
      const rows = await available();
      expect(rows).toHaveLength(12);
      for (const row of rows) {
        expect(row.up + row.down + row.unknown + row.maintenance).toBe(row.slots);
        expect(Math.min(row.up, row.down, row.unknown, row.maintenance)).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

describe("the strip of a portal", () => {
  const view = { vantage: "local", now: START + 2 * HOUR, intervalMs: MINUTE };
  const strip = (span: "24h" | "7d" | "90d") =>
    portalStrip(db, 1, view, { span, timezone: "Asia/Ho_Chi_Minh" });

  test("shows the last day by quarters of an hour, the last week by hours, the last quarter by days", async () => {
    await maintain(30, 45);
    await given([
      ...runs(0, 15),
      ...runs(15, 20, fail),
      ...runs(20, 30),
      ...runs(30, 45, fail),
      ...runs(45, 60, fail),
      ...runs(0, 60, absent),
    ]);
    const day = await strip("24h");
    const hour = day.ip4.slice(-9, -4);
    expect(day.ip4).toHaveLength(96);
    expect(hour.map(({ state }) => state)).toEqual([
      "up",
      "degraded",
      "maintenance",
      "down",
      "unknown",
    ]);
    expect(hour[1]).toMatchObject({ from: "2026-11-22T08:15:00.000Z", up: 10, down: 5 });
    expect(day.ip6.at(-9)?.state).toBe("absent");
    const week = await strip("7d");
    expect(week.ip4).toHaveLength(168);
    expect(week.ip4.at(-3)).toMatchObject({ state: "degraded", up: 25, down: 20, maintenance: 15 });
    const quarter = await strip("90d");
    expect(quarter.ip4).toHaveLength(90);
    expect(quarter.ip4.at(-1)).toMatchObject({
      from: "2026-11-21T17:00:00.000Z",
      up: 25,
      down: 20,
    });
    expect(quarter.ip4.at(-2)?.state).toBe("unknown");
  });

  test("calls unknown what failed while this place itself was in doubt, by quarters as by hours", async () => {
    const doubt = incident({
      kind: "vantage_degraded",
      subject: "vantage:1/mass",
      cause: "mass_failure",
      vantage_id: 1,
      opened_at: new Date(START + 15 * MINUTE),
      resolved_at: new Date(START + 60 * MINUTE),
      closed_by: "well_again",
    });
    await db.insertInto("incident").values(doubt).execute();
    await given([...runs(0, 15), ...runs(15, 60, fail), ...runs(60, 65, fail)]);
    const states = (await strip("24h")).ip4.slice(-9, -4).map(({ state }) => state);
    expect(states).toEqual(["up", "unknown", "unknown", "unknown", "down"]);
    expect((await strip("7d")).ip4.at(-3)).toMatchObject({ up: 15, down: 0, unknown: 45 });
  });
});
