import { gunzipSync } from "node:zlib";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ProbeResult } from "../../src/domain/observation.ts";
import { backup } from "../../src/store/backup.ts";
import type { Database } from "../../src/store/database.ts";
import { packHours } from "../../src/store/pack-hours.ts";
import {
  dropExpiredPartitions,
  ensurePartitions,
  listPartitions,
} from "../../src/store/partitions.ts";
import { BatchStore } from "../../src/store/result-batch.ts";
import { rollUp } from "../../src/store/rollup.ts";
import { scheduledWithin } from "../../src/store/run-span.ts";
import { databaseKind, openTestDatabase } from "../support/database.ts";
import { failedResult, registerPortals, result, START } from "./helpers/results.ts";
import { countRuns, readRuns } from "./helpers/runs.ts";
import { emptyTables, snapshotTables } from "./helpers/tables.ts";

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
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
beforeEach(() => emptyTables(db));

/** Stores results as the service does that has just started, and counts them. */
async function store(results: readonly ProbeResult[], now: number): Promise<void> {
  await new BatchStore(db, () => now).store(results);
}

/** Runs of some minutes after START of each of these portals, those of the minutes named failed. */
function runs(portals: number, minutes: number, failed: readonly number[] = []): ProbeResult[] {
  return Array.from({ length: portals * minutes }, (_, index) => {
    const minute = Math.floor(index / portals);
    const make = failed.includes(minute) ? failedResult : result;
    return make({ portal: (index % portals) + 1, scheduledAt: START + minute * MINUTE });
  });
}

/** Counts what is stored and packs what may be packed. */
async function countAndPack(now: number) {
  await rollUp(db, SETTINGS, now);
  return packHours(db, SETTINGS, now);
}

test("an hour is packed two hours after its end, when it has been counted", async () => {
  await registerPortals(db, 1);
  await store(runs(1, 90), START + 90 * MINUTE);
  expect(await packHours(db, SETTINGS, START + 5 * HOUR)).toMatchObject({ hours: 0, runs: 0 });
  await rollUp(db, SETTINGS, START + 5 * HOUR);
  expect(await packHours(db, SETTINGS, START + 3 * HOUR - 1)).toMatchObject({ hours: 0 });
  expect(await packHours(db, SETTINGS, START + 3 * HOUR)).toMatchObject({ hours: 1, runs: 60 });
  expect(await countRuns(db)).toEqual({ rows: 30, packed: 60 });
  expect(await packHours(db, SETTINGS, START + 3 * HOUR)).toMatchObject({ hours: 0, runs: 0 });
});

test("where portals are probed seldom, rows stay for as many intervals as decisions may look back", async () => {
  await registerPortals(db, 1);
  await store([result()], START);
  await rollUp(db, SETTINGS, START + 5 * DAY);
  const seldom = { probeIntervalMs: HOUR };
  expect(await packHours(db, seldom, START + 2 * DAY)).toMatchObject({ hours: 0 });
  expect(await packHours(db, seldom, START + 3 * DAY)).toMatchObject({ hours: 1 });
});

test("storing runs of a packed hour again changes nothing, not even the rows that they are packed in", async () => {
  await registerPortals(db, 2);
  const given = runs(2, 60, [20, 21]);
  await store(given, START + HOUR);
  await countAndPack(START + 4 * HOUR);
  const tables = ["probe_result", "probe_hour", "probe_latest", "rollup_dirty"];
  const before = await snapshotTables(db, tables);
  await store(given, START + 4 * HOUR);
  expect(await snapshotTables(db, tables)).toEqual(before);
});

test("a run that comes late for a packed hour is seen at once, counted, and packed with the others", async () => {
  await registerPortals(db, 2);
  const given = runs(2, 60, [20]);
  const late = given.filter(({ portal, scheduledAt }) => portal === 2 && scheduledAt > START);
  await store(
    given.filter((run) => !late.includes(run)),
    START + HOUR,
  );
  await countAndPack(START + 4 * HOUR);
  await store(late, START + 4 * HOUR);
  expect(await countRuns(db)).toEqual({ rows: 59, packed: 61 });
  const seen = await readRuns(db);
  expect(seen).toHaveLength(120);
  // It is to be counted first.
  expect(await packHours(db, SETTINGS, START + 4 * HOUR)).toMatchObject({ hours: 0 });
  expect(await countAndPack(START + 4 * HOUR)).toMatchObject({ hours: 1, runs: 60 });
  expect(await countRuns(db)).toEqual({ rows: 0, packed: 120 });
  const counted = await db.selectFrom("probe_rollup_hour").select(["ok", "fail"]).execute();
  expect(counted.filter(({ ok }) => ok > 0)).toEqual([
    { ok: 59, fail: 1 },
    { ok: 59, fail: 1 },
  ]);
});

test("since when a portal is as it is follows from packed runs too, when an older one comes late", async () => {
  await registerPortals(db, 1);
  const [first, ...others] = runs(1, 200, [30, 31]);
  await store(others, START + 200 * MINUTE);
  await countAndPack(START + 4 * HOUR);
  await store([first as ProbeResult], START + 4 * HOUR);
  const latest = await db.selectFrom("probe_latest").select(["since"]).executeTakeFirstOrThrow();
  expect(latest.since).toEqual(new Date(START + 32 * MINUTE));
});

test("packing that is cut off leaves each run once, and goes on where it stopped", async () => {
  await registerPortals(db, 60);
  await store(runs(60, 5), START);
  await rollUp(db, SETTINGS, START + 4 * HOUR);
  const before = await readRuns(db);
  await sql`create function refuse() returns trigger language plpgsql as 'begin raise exception ''cut off''; end'`.execute(
    db,
  );
  await sql`create trigger refuse before insert on probe_hour for each row when (new.portal_id = 55)
    execute function refuse()`.execute(db);
  await expect(packHours(db, SETTINGS, START + 4 * HOUR)).rejects.toThrow("cut off");
  await sql`drop function refuse cascade`.execute(db);
  expect(await countRuns(db)).toEqual({ rows: 50, packed: 250 });
  expect(keys(await readRuns(db))).toEqual(keys(before));
  expect(await packHours(db, SETTINGS, START + 4 * HOUR)).toMatchObject({ hours: 1, runs: 50 });
  expect(await countRuns(db)).toEqual({ rows: 0, packed: 300 });
  expect(keys(await readRuns(db))).toEqual(keys(before));
});

test("whoever stores old runs and packs at the same time has each run once", async () => {
  await registerPortals(db, 60);
  const given = runs(60, 3);
  await store(given, START);
  await rollUp(db, SETTINGS, START + 4 * HOUR);
  const late = given.map((run) => ({ ...run, scheduledAt: run.scheduledAt + 30_000 }));
  const stores = [0, 1, 2].map(() => new BatchStore(db, () => START + 4 * HOUR));
  await Promise.all([
    ...stores.map((each) => each.store(given)),
    ...stores.map((each) => each.store(late)),
    packHours(db, SETTINGS, START + 4 * HOUR),
    packHours(db, SETTINGS, START + 4 * HOUR),
  ]);
  const found = keys(await readRuns(db));
  expect(found).toHaveLength(360);
  expect(new Set(found).size).toBe(360);
  await countAndPack(START + 4 * HOUR);
  expect(await countRuns(db)).toEqual({ rows: 0, packed: 360 });
  expect(keys(await readRuns(db))).toEqual(found);
});

test("the rows' partition of a day is emptied when the day is over and packed, and still takes late runs", async () => {
  await registerPortals(db, 1);
  await store(runs(1, 120), START);
  const done = await countAndPack(START + DAY);
  expect(done).toEqual({ hours: 2, runs: 120, emptied: ["probe_result_2026_11_22"] });
  await store([result({ portal: 1, family: "ip6" })], START + DAY);
  expect(await countRuns(db)).toEqual({ rows: 1, packed: 120 });
});

test.skipIf(databaseKind === "pglite")(
  "a backup that goes on while a day is packed has its runs once, and the day is emptied afterwards",
  async () => {
    await registerPortals(db, 1);
    await store(runs(1, 120), START);
    await rollUp(db, SETTINGS, START + DAY);
    // More than one piece, before it comes to the runs.
    await sql`insert into audit_log (actor, action, object_type, object_id)
      select 'test', 'create', 'page', repeat(number::text, 20) from generate_series(1, 20000) as number`.execute(
      db,
    );
    const pieces: Uint8Array[] = [];
    const packed: unknown[] = [];
    for await (const piece of backup(db, { version: "1.2.3" })) {
      if (pieces.length === 0) packed.push(await packHours(db, SETTINGS, START + DAY));
      pieces.push(piece);
    }
    expect(packed).toEqual([{ hours: 2, runs: 120, emptied: [] }]);
    const lines = gunzipSync(Buffer.concat(pieces)).toString("utf8").trimEnd().split("\n");
    const { rows } = JSON.parse(lines.at(-1) ?? "") as { rows: Record<string, number> };
    expect(rows).toMatchObject({ probe_result: 120, probe_hour: 0 });
    await store([result({ portal: 1, family: "ip6" })], START + DAY);
    const { emptied } = await countAndPack(START + DAY);
    expect(emptied).toEqual(["probe_result_2026_11_22"]);
  },
);

test("packed hours go with their day, and runs of days that were dropped are not waited for", async () => {
  await registerPortals(db, 1);
  await store([result(), result({ scheduledAt: START + DAY })], START);
  await countAndPack(START + 3 * DAY);
  await dropExpiredPartitions(db, START + 2 * DAY, { rawDays: 1, hourDays: 400 });
  expect(await countRuns(db)).toEqual({ rows: 0, packed: 1 });
  const days = (await listPartitions(db, "probe_hour")).map(({ from }) => from);
  expect(days).toEqual(["2026-11-23"]);
  expect(await packHours(db, SETTINGS, START + 3 * DAY)).toMatchObject({ hours: 0 });
});

test("whoever asks for the runs of a day has the partitions of that day looked at, and none of others", async () => {
  const days = ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"];
  await ensurePartitions(db, "probe_result", days);
  await ensurePartitions(db, "probe_hour", days);
  const [from, to] = [new Date("2026-11-22T01:00:00Z"), new Date("2026-11-22T23:00:00Z")];
  const { rows } = await sql<{ "QUERY PLAN": string }>`explain
    select * from probe_run where portal_id = 1 and ${scheduledWithin(from, to)}`.execute(db);
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  const read = new Set(plan.match(/probe_(result|hour)_\d{4}_\d\d_\d\d(?=\b|_pkey)/g));
  expect([...read].toSorted()).toEqual(["probe_hour_2026_11_22", "probe_result_2026_11_22"]);
});

function keys(found: Awaited<ReturnType<typeof readRuns>>): string[] {
  return found.map(
    (run) => `${run["portal_id"]} ${run["family"]} ${run["at_us"]} ${run["attempt"]}`,
  );
}
