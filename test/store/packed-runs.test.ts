import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { packHours } from "../../src/store/pack-hours.ts";
import { ensurePartitions } from "../../src/store/partitions.ts";
import { openTestDatabase } from "../support/database.ts";
import { registerPortals, START } from "./helpers/results.ts";
import { countRuns, DURATIONS, insertRuns, readRuns, type StoredRun } from "./helpers/runs.ts";
import { emptyTables } from "./helpers/tables.ts";

const HOUR = 3_600_000;
const SETTINGS = { probeIntervalMs: 60_000 };
/** A duration is kept to this share of itself. */
const SHARE = 1 / 2990;

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(freshTables);

async function freshTables() {
  await emptyTables(db);
  await registerPortals(db, 2);
  await ensurePartitions(db, "probe_result", ["2026-11-22"]);
}

const duration = fc.oneof(
  fc.constant(0),
  fc.double({ min: 0.001, max: 600_000, noNaN: true }).map(Math.fround),
  fc.double({ min: 0.001, max: 5, noNaN: true }).map(Math.fround),
);

async function codesOf(ms: readonly number[]) {
  const { rows } = await sql<{ ms: number; code: number; back: number; again: number }>`
    select ms, code, duration_ms(code) as back, duration_code(duration_ms(code)) as again
    from unnest(${ms}::real[]) with ordinality as given(ms, place)
    cross join lateral (select duration_code(ms) as code) as coded order by place`.execute(db);
  return rows;
}

test("a duration is kept to a 3,000th of itself, in order, and its code stays when it is packed again", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(duration, { minLength: 1, maxLength: 200 }), async (some) => {
      const rows = await codesOf(some.toSorted((a, b) => a - b));
      for (const { ms, code, back, again } of rows) {
        expect(Math.abs(back - ms)).toBeLessThanOrEqual((ms + 0.001) * SHARE);
        expect(again).toBe(code);
      }
      const codes = rows.map(({ code }) => code);
      expect(codes).toEqual(codes.toSorted((a, b) => a - b));
    }),
    { numRuns: 20 },
  );
});

test("no duration is 0 exactly, one below 0 stays so, and what is longer than 50 minutes counts as that", async () => {
  const [none, below, day, endless] = await codesOf([0, -12, 24 * HOUR, Infinity]);
  expect(none?.back).toBe(0);
  expect(below?.back).toBeCloseTo(-12, 2);
  expect(day?.back).toBeGreaterThan(50 * 60_000);
  expect(endless?.back).toBe(day?.back);
  const { rows } = await sql`select duration_code(null) as code, duration_ms(null) as ms`.execute(
    db,
  );
  expect(rows).toEqual([{ code: null, ms: null }]);
});

const id = fc.option(fc.integer({ min: 1, max: 3 }));
const anyRun: fc.Arbitrary<StoredRun> = fc.record({
  portal_id: fc.constantFrom(1, 2),
  family: fc.constantFrom("ip4", "ip6"),
  vantage_id: fc.constantFrom(1, 2),
  attempt: fc.constantFrom(0, 0, 0, 1),
  at_us: fc.oneof(
    // In step, now and then with a gap; at any millisecond; at any microsecond.
    fc.integer({ min: 0, max: 119 }).map((minute) => (START + minute * 60_000 + 1234) * 1000),
    fc.integer({ min: 0, max: 2 * HOUR - 1 }).map((ms) => (START + ms) * 1000),
    fc.integer({ min: 0, max: 2 * HOUR * 1000 - 1 }).map((us) => START * 1000 + us),
  ),
  start_delay_ms: fc.oneof(
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: -40_000, max: 40_000 }),
  ),
  outcome: fc.constantFrom("ok", "ok", "ok", "degraded", "fail", "unknown", "skipped"),
  failure: fc.constantFrom(null, null, "connect_refused", "tls_untrusted"),
  failure_source: fc.constantFrom(null, "target"),
  status: fc.constantFrom(null, 200, 200, 503),
  hop_count: fc.constantFrom(0, 0, 2),
  body_bytes: fc.oneof(fc.constant(500), fc.integer({ min: 0, max: 100_000 })),
  address_id: id,
  certificate_id: id,
  evidence_id: fc.constantFrom(null, null, 5_000_000_000),
  ...Object.fromEntries(DURATIONS.map((name) => [name, duration])),
});
const keyOf = (run: StoredRun) =>
  ["portal_id", "family", "vantage_id", "at_us", "attempt"].map((name) => run[name]).join(" ");

test("packed runs are read as they were: durations to a 3,000th, everything else exactly; packing again changes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyRun, { selector: keyOf, minLength: 1, maxLength: 150 }),
      async (runs) => {
        await freshTables();
        await insertRuns(db, runs);
        const before = await readRuns(db);
        const { runs: packed } = await packHours(db, SETTINGS, START + 5 * HOUR);
        expect(packed).toBe(runs.length);
        expect(await countRuns(db)).toEqual({ rows: 0, packed: runs.length });
        const after = await readRuns(db);
        expectNear(after, before);
        await packHours(db, SETTINGS, START + 5 * HOUR);
        expect(await readRuns(db)).toEqual(after);
      },
    ),
    { numRuns: 15 },
  );
});

test("runs that come at different times are packed as if they had come at once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyRun, { selector: keyOf, minLength: 2, maxLength: 60 }),
      fc.nat(),
      async (runs, cut) => {
        await freshTables();
        const first = (cut % (runs.length - 1)) + 1;
        await insertRuns(db, runs.slice(0, first));
        await packHours(db, SETTINGS, START + 5 * HOUR);
        await insertRuns(db, runs.slice(first));
        await packHours(db, SETTINGS, START + 5 * HOUR);
        const [pieces, sizes] = [await readRuns(db), await rowsOfHours()];
        await freshTables();
        await insertRuns(db, runs);
        await packHours(db, SETTINGS, START + 5 * HOUR);
        expect(pieces).toEqual(await readRuns(db));
        expect(sizes).toEqual(await rowsOfHours());
      },
    ),
    { numRuns: 8 },
  );
});

test("a minute after the other takes one row an hour, whatever the address; a failure between takes another", async () => {
  const [like] = fc.sample(anyRun, 1);
  const runs = Array.from({ length: 60 }, (_, minute): StoredRun => ({
    ...like,
    at_us: (START + minute * 60_000 + 7) * 1000,
    start_delay_ms: minute % 5,
    body_bytes: 3000 + minute,
    address_id: minute % 3,
    outcome: minute === 30 ? "fail" : "ok",
    vantage_id: 1,
  }));
  await insertRuns(db, runs);
  await packHours(db, SETTINGS, START + 5 * HOUR);
  expect(await rowsOfHours()).toEqual([1, 59]);
});

test("where a portal is probed every second no row is larger than a page", async () => {
  const [like] = fc.sample(anyRun, 1);
  const runs = Array.from({ length: 3600 }, (_, second): StoredRun => ({
    ...like,
    at_us: (START + second * 1000) * 1000,
    body_bytes: 3000,
    start_delay_ms: 0,
  }));
  await insertRuns(db, runs);
  const before = await readRuns(db);
  await packHours(db, { probeIntervalMs: 1000 }, START + 5 * HOUR);
  expect(await rowsOfHours()).toEqual(Array.from({ length: 9 }, () => 400));
  expectNear(await readRuns(db), before);
});

/** How many runs each packed row holds, fewest first. */
async function rowsOfHours(): Promise<number[]> {
  const { rows } = await sql<{ runs: number }>`
    select array_length(measured, 1) as runs from probe_hour order by 1`.execute(db);
  return rows.map(({ runs }) => runs);
}

function expectNear(packed: readonly StoredRun[], plain: readonly StoredRun[]) {
  const exact = ({ ...run }: StoredRun) => {
    for (const name of DURATIONS) Reflect.deleteProperty(run, name);
    return run;
  };
  expect(packed.map(exact)).toEqual(plain.map(exact));
  for (const [index, run] of plain.entries()) {
    for (const name of DURATIONS) {
      const [was, is] = [Number(run[name]), Number(packed[index]?.[name])];
      expect(Math.abs(is - was)).toBeLessThanOrEqual((was + 0.001) * SHARE);
    }
  }
}
