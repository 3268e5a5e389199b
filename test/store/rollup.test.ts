import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { bucketOf, histogramOf, mergeHistograms } from "../../src/domain/latency-buckets.ts";
import { OUTCOMES, PHASES, type ProbeResult } from "../../src/domain/observation.ts";
import type { Database } from "../../src/store/database.ts";
import { BatchStore } from "../../src/store/result-batch.ts";
import { rollUp, type RollupSettings } from "../../src/store/rollup.ts";
import { bucketSql } from "../../src/store/rollup-histogram.ts";
import { openTestDatabase } from "../support/database.ts";
import { failedResult, registerPortals, result, START } from "./helpers/results.ts";
import { emptyTables, snapshotTables } from "./helpers/tables.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SETTINGS: RollupSettings = {
  reportTimezone: "Asia/Ho_Chi_Minh",
  probeIntervalMs: MINUTE,
  retentionRawDays: 14,
};
const ROLLED = ["probe_rollup_hour", "probe_rollup_day"];

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(() => freshTables());

async function freshTables(): Promise<void> {
  await emptyTables(db);
  await registerPortals(db, 2);
  await sql`insert into vantage (name, created_at) values ('local', ${new Date(START - 24 * HOUR)})`.execute(
    db,
  );
}

function store(...results: readonly ProbeResult[]) {
  return new BatchStore(db, Date.now).store(results);
}

function run(minute: number, change: Partial<ProbeResult> = {}, make = result): ProbeResult {
  return make({ scheduledAt: START + minute * MINUTE, ...change });
}

const hours = () =>
  db
    .selectFrom("probe_rollup_hour")
    .selectAll()
    .orderBy("start_at")
    .orderBy("portal_id")
    .orderBy("family")
    .execute();
const days = () =>
  db
    .selectFrom("probe_rollup_day")
    .selectAll()
    .orderBy("day")
    .orderBy("portal_id")
    .orderBy("family")
    .execute();

async function hourOf(portal: number, family = "ip4") {
  return (await hours()).filter((row) => row.portal_id === portal && row.family === family);
}

test("SQL and TypeScript put every duration into the same bucket", async () => {
  const durations = fc.sample(
    fc.oneof(
      fc.float({ min: 0, max: 200_000, noNaN: true }),
      fc.float({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(...[0, 0.1, 1, 120_000].map(Math.fround)),
    ),
    2000,
  );
  const { rows } = await sql<{ bucket: number }>`
    select ${bucketSql(sql.ref("ms"))} as bucket
    from unnest(${durations}::real[]) with ordinality as given(ms, place) order by place`.execute(
    db,
  );
  expect(rows.map(({ bucket }) => bucket)).toEqual(durations.map(bucketOf));
});

test("an hour counts its scheduled runs by outcome, and the day adds up its hours", async () => {
  await store(
    run(0),
    run(1, { outcome: "degraded" }),
    run(2, {}, failedResult),
    run(3, { outcome: "unknown" }),
    run(4, { outcome: "no_address" }),
    run(5, { outcome: "skipped", skipReason: "skip_late" }),
    run(5, { attempt: 1 }),
    run(60),
  );
  await rollUp(db, SETTINGS, START + 3 * HOUR);
  const counts = { ok: 1, degraded: 1, fail: 1, unknown: 1, no_address: 1, skipped: 1 };
  expect((await hourOf(1))[0]).toMatchObject({ start_at: new Date(START), ...counts });
  expect((await days())[0]).toMatchObject({ day: "2026-11-22", ...counts, ok: 2 });
});

test("only answers are timed, and only the phases that were reached", async () => {
  const phasesMs = { resolve: 3, connect: 20, tls: 0, processing: 40, transfer: 1 };
  await store(
    run(0, { phasesMs, totalMs: 64 }),
    run(1, { outcome: "degraded", phasesMs, totalMs: 64 }),
    run(2, { phasesMs, totalMs: 10_000 }, failedResult),
    run(3, { attempt: 1, phasesMs, totalMs: 64 }),
  );
  await rollUp(db, SETTINGS, START + HOUR);
  expect((await hourOf(1))[0]).toMatchObject({
    resolve_hist: histogramOf([3, 3]),
    connect_hist: histogramOf([20, 20]),
    tls_hist: [],
    total_hist: histogramOf([64, 64]),
  });
});

test("what was due but never recorded shows as slots without runs, also where whole hours are missing", async () => {
  await store(run(0), run(4 * 60));
  await rollUp(db, SETTINGS, START + 5 * HOUR);
  const slots = (await hourOf(1)).map((row) => [row.start_at.getTime(), row.slots, row.ok]);
  expect(slots).toEqual(
    [0, 1, 2, 3, 4].map((hour) => [START + hour * HOUR, hour < 4 ? 60 : 1, hour % 4 ? 0 : 1]),
  );
  expect((await days())[0]).toMatchObject({ slots: 4 * 60 + 1, ok: 2 });
});

test("slots begin and end with the life of a portal", async () => {
  await db
    .updateTable("portal")
    .set({ created_at: new Date(START + 45 * MINUTE) })
    .where("id", "=", 1)
    .execute();
  await db
    .updateTable("portal")
    .set({ lifecycle: "retired", retired_at: new Date(START + 20 * MINUTE) })
    .where("id", "=", 2)
    .execute();
  await store(run(50), run(10, { portal: 2 }), run(70));
  await rollUp(db, SETTINGS, START + 2 * HOUR);
  expect((await hourOf(1))[0]?.slots).toBe(15);
  expect((await hourOf(2)).map(({ slots }) => slots)).toEqual([20]);
});

test("runs at a shorter interval than today's all count as due", async () => {
  await store(...Array.from({ length: 90 }, (_, index) => run(index / 2)));
  await rollUp(db, SETTINGS, START + HOUR);
  expect((await hourOf(1))[0]).toMatchObject({ slots: 90, ok: 90 });
});

test("days begin where the report's zone has them", async () => {
  await store(
    run(0, { scheduledAt: Date.parse("2026-11-22T16:59:00Z") }),
    run(0, { scheduledAt: Date.parse("2026-11-22T17:00:00Z") }),
  );
  await rollUp(db, SETTINGS, START + 24 * HOUR);
  expect((await days()).filter((row) => row.ok === 1).map((row) => row.day)).toEqual([
    "2026-11-22",
    "2026-11-23",
  ]);
});

test("hours begin where a zone that is off by half an hour has them", async () => {
  await store(run(0), run(29), run(30), run(89));
  await rollUp(db, { ...SETTINGS, reportTimezone: "Asia/Kolkata" }, START + 4 * HOUR);
  const counted = (await hourOf(1)).map((row) => [
    (row.start_at.getTime() - START) / MINUTE,
    row.ok,
  ]);
  expect(counted).toEqual([
    [-30, 2],
    [30, 2],
  ]);
  expect(await db.selectFrom("rollup_dirty").selectAll().execute()).toEqual([]);
});

test("the present hour is counted at once, then every five minutes, and joins its day when it has ended", async () => {
  const counted = async () => [(await hourOf(1))[0]?.ok, (await days())[0]?.ok];
  await store(run(0));
  await rollUp(db, SETTINGS, START + MINUTE);
  expect(await counted()).toEqual([1, undefined]);
  await store(run(1));
  await rollUp(db, SETTINGS, START + 3 * MINUTE);
  expect(await counted()).toEqual([1, undefined]);
  await rollUp(db, SETTINGS, START + 6 * MINUTE);
  expect(await counted()).toEqual([2, undefined]);
  await rollUp(db, SETTINGS, START + HOUR);
  expect(await counted()).toEqual([2, 2]);
});

test("rolling up again changes nothing, and a run that comes late is counted", async () => {
  await store(run(0), run(61));
  await rollUp(db, SETTINGS, START + 3 * HOUR);
  const before = await snapshotTables(db, ROLLED);
  expect(await rollUp(db, SETTINGS, START + 3 * HOUR)).toEqual({ hours: 0, days: 0 });
  await sql`insert into rollup_dirty (hour, touched_at) values (${new Date(START)}, now())`.execute(
    db,
  );
  await rollUp(db, SETTINGS, START + 3 * HOUR);
  expect(await snapshotTables(db, ROLLED)).toEqual(before);
  await store(run(5));
  await rollUp(db, SETTINGS, START + 3 * HOUR);
  expect((await hourOf(1))[0]).toMatchObject({ ok: 2 });
  expect((await days())[0]).toMatchObject({ ok: 3 });
});

test("hours of which rows were dropped keep what was counted then", async () => {
  await store(run(0), run(1), run(24 * 60));
  await rollUp(db, SETTINGS, START + 26 * HOUR);
  const before = await snapshotTables(db, ROLLED);
  await db
    .deleteFrom("probe_result")
    .where("scheduled_at", "<", new Date(START + HOUR))
    .execute();
  await db
    .insertInto("retention_mark")
    .values({ table_name: "probe_result", dropped_before: "2026-11-23" })
    .execute();
  await sql`insert into rollup_dirty (hour, touched_at) values (${new Date(START)}, now())`.execute(
    db,
  );
  await rollUp(db, SETTINGS, START + 26 * HOUR);
  expect(await snapshotTables(db, ROLLED)).toEqual(before);
  expect(await db.selectFrom("rollup_dirty").selectAll().execute()).toEqual([]);
});

test("nothing that is written while hours are rolled up is missed", async () => {
  await store(run(0));
  const batches = Array.from({ length: 12 }, (_, index) => [run(index + 1), run(index + 61)]);
  const writing = batches.reduce<Promise<unknown>>(
    (before, batch) => before.then(() => store(...batch)),
    Promise.resolve(),
  );
  for (let round = 0; round < 6; round += 1) await rollUp(db, SETTINGS, START + 3 * HOUR);
  await writing;
  await rollUp(db, SETTINGS, START + 3 * HOUR);
  expect((await hourOf(1)).map(({ ok }) => ok)).toEqual([13, 12]);
  expect((await days())[0]?.ok).toBe(25);
});

test("roll-ups equal what counting the runs by hand gives", async () => {
  const anyRun = fc
    .record({
      portal: fc.constantFrom(1, 2),
      family: fc.constantFrom("ip4" as const, "ip6" as const),
      minute: fc.integer({ min: 0, max: 150 }),
      outcome: fc.constantFrom(...OUTCOMES),
      ms: fc.float({ min: 0, max: 5000, noNaN: true }),
    })
    .map(({ minute, ms, ...change }) =>
      run(minute, {
        ...change,
        certificate: null,
        phasesMs: {
          resolve: ms / 16,
          connect: ms / 8,
          tls: ms / 4,
          processing: ms / 2,
          transfer: 0,
        },
        totalMs: ms,
      }),
    );
  const key = ({ portal, family, scheduledAt }: ProbeResult) =>
    `${portal} ${family} ${scheduledAt}`;
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyRun, { selector: key, minLength: 1, maxLength: 80 }),
      async (runs) => {
        await freshTables();
        await store(...runs);
        await rollUp(db, SETTINGS, START + 4 * HOUR);
        const counted = (await hours()).filter((row) =>
          OUTCOMES.some((outcome) => row[outcome] > 0),
        );
        expect(counted.map(withoutSlots)).toEqual(byHand(runs));
        for (const day of await days()) {
          const parts = counted.filter(
            (row) => row.portal_id === day.portal_id && row.family === day.family,
          );
          expect(day.total_hist).toEqual(mergeHistograms(parts.map((row) => row.total_hist)));
        }
      },
    ),
    { numRuns: 10 },
  );
});

function withoutSlots({
  slots,
  vantage_id,
  start_at,
  maintenance,
  maintenance_good,
  maintenance_bad,
  suspect,
  ...row
}: Awaited<ReturnType<typeof hours>>[number]) {
  expect(slots).toBeGreaterThan(0);
  expect(vantage_id).toBe(1);
  expect([maintenance, maintenance_good, maintenance_bad, suspect]).toEqual([0, 0, 0, 0]);
  return { ...row, start_at: start_at.getTime() };
}

function byHand(runs: readonly ProbeResult[]) {
  const groups = Map.groupBy(runs, ({ portal, family, scheduledAt }) => {
    const start = Math.floor(scheduledAt / HOUR) * HOUR;
    return `${start} ${portal} ${family}`;
  });
  return [...groups.keys()].toSorted().map((name) => {
    const group = groups.get(name) ?? [];
    const timed = group.filter(({ outcome }) => outcome === "ok" || outcome === "degraded");
    const histogram = (of: (run: ProbeResult) => number) =>
      histogramOf(
        timed
          .map(of)
          .map(Math.fround)
          .filter((ms) => ms > 0),
      );
    const counts = OUTCOMES.map((outcome) => [
      outcome,
      group.filter((each) => each.outcome === outcome).length,
    ]);
    const phases = PHASES.map((phase) => [
      `${phase}_hist`,
      histogram((each) => each.phasesMs[phase]),
    ]);
    return {
      start_at: Number(name.split(" ")[0]),
      portal_id: group[0]?.portal,
      family: group[0]?.family,
      ...Object.fromEntries([...counts, ...phases]),
      total_hist: histogram((each) => each.totalMs),
    };
  });
}
