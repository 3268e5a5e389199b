import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { coverageGaps } from "../../../src/reports/coverage/gaps.ts";
import { roundProgress } from "../../../src/reports/coverage-rounds/progress.ts";
import { listRounds } from "../../../src/reports/coverage-rounds/rounds.ts";
import { type CoverageWorld, DAY, NOTHING, openWorld } from "../coverage/world.ts";
import { viewRows } from "./view-rows.ts";

const ZONE = "Asia/Ho_Chi_Minh";

let world: CoverageWorld;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function addTarget(indicator: string, change: { readonly threshold?: number } = {}) {
  await world.db
    .insertInto("coverage_target")
    .values({
      code: `target-${indicator}`,
      indicator_code: indicator,
      level: "country",
      comparison: "at_least",
      threshold: 0.8,
      threshold_kind: "ratio",
      due_on: "2030-12-31",
      legal_document: "x",
      text_vi: "x",
      text_en: "x",
      certainty: "unverified",
      ...change,
    })
    .execute();
  return `target-${indicator}`;
}

/** What was said of the Huế of now, commune by commune, in every way that a figure can be given or missing. */
async function addFigures(indicator: string): Promise<void> {
  const units = world.communes("46").slice(0, 10);
  const of = (index: number, change = {}) => ({
    unitId: units[index]?.id ?? 0,
    indicator,
    ...change,
  });
  const earlier = { asOf: "2026-06-30", numerator: 10, denominator: 70 };
  await world.add(units.map((_, index) => of(index, earlier)));
  await world.add([
    of(0),
    of(1, { numerator: 79 }),
    of(1, { numerator: 99, source: "world-province" }),
    of(2, { ...NOTHING, status: "suppressed" }),
    of(3, { ...NOTHING, status: "present", statedRatio: 0.9 }),
    of(4, { numerator: 20, operator: "one" }),
    of(4, { numerator: 60, operator: "two" }),
    of(4, { numerator: 99, operator: "two", source: "world-invented" }),
    of(5, { numerator: 90, denominator: null, denominatorSource: null }),
    of(6, { ...NOTHING, status: "not_applicable" }),
    of(7, { numerator: 95 }),
    of(8, { numerator: 30, source: "world-invented" }),
  ]);
  await world.add([of(7, { ...NOTHING, status: "withdrawn" })], "2026-10-06T02:00:00Z");
}

describe("the gap list of the views is the report's", () => {
  test("commune by commune, with what is missing, for figures of the units of now", async () => {
    const indicator = await world.addIndicator();
    const target = await addTarget(indicator);
    await addFigures(indicator);
    const rows = await viewRows(world.db, "coverage_gap", `where target = '${target}'`);
    const threshold = { comparison: "at_least", threshold: 0.8, threshold_kind: "ratio" } as const;
    const gaps = await coverageGaps(world.db, { indicator, asOf: DAY }, threshold);
    expect(gaps.length).toBeGreaterThan(3000);
    expect(new Set(gaps.map(({ reason }) => reason)).size).toBeGreaterThan(4);
    const told = rows.map((row) => ({
      commune: row["commune"],
      as_of: row["as_of"],
      reason: row["reason"],
      numerator: row["numerator"],
      denominator: row["denominator"],
      ratio: row["ratio"],
      missing: row["missing"],
      made_up: row["made_up"],
    }));
    const reported = gaps.map(({ unit, ...gap }) => ({ commune: unit.code, as_of: DAY, ...gap }));
    expect(byCommune(told)).toEqual(byCommune(reported));
  });

  test("the day is that of the report: a quarter that has hardly begun is not yet it", async () => {
    const indicator = await world.addIndicator();
    const target = await addTarget(indicator);
    const [first, second, third] = world
      .communes("46")
      .map(({ id: unitId }) => ({ unitId, indicator }));
    if (!first || !second || !third) throw new Error("no communes");
    await world.add([first, second, third].map((each) => ({ ...each, asOf: "2026-06-30" })));
    await world.add([{ ...first, numerator: 1 }]);
    const days = await viewRows(world.db, "coverage_gap", `where target = '${target}' limit 1`);
    expect(days[0]).toMatchObject({ as_of: "2026-06-30" });
  });

  test("a commune for which only units of before speak is told apart and not accused", async () => {
    const indicator = await world.addIndicator();
    const target = await addTarget(indicator);
    const { rows } = await sql<{ old: number; code: string }>`
      select e.from_unit_id as old, u.code from admin_unit_event e join admin_unit u on u.id = e.to_unit_id
      where e.part = 'whole' and u.level = 'commune' and u.valid_to is null limit 1`.execute(
      world.db,
    );
    const [step] = rows;
    if (!step) throw new Error("no merged commune");
    await world.add([{ unitId: step.old, indicator, numerator: 10 }]);
    const gaps = await viewRows(
      world.db,
      "coverage_gap",
      `where target = '${target}' and commune = '${step.code}'`,
    );
    expect(gaps).toMatchObject([{ reason: "former_units", numerator: null, missing: null }]);
  });
});

describe("the rounds of the views are the report's", () => {
  test("province by province, with late days, held rows and predecessors that speak for a commune", async () => {
    const [one, two] = [await world.addIndicator(), await world.addIndicator()];
    await putRound([one, two]);
    const hue = world.communes("46").map(({ id: unitId }) => unitId);
    const both = (unitId: number) => [
      { unitId, indicator: one },
      { unitId, indicator: two, numerator: 1 },
    ];
    await world.add(hue.flatMap(both), "2026-10-20T02:00:00Z");
    const hanoi = world.communes("01").map(({ id: unitId }) => unitId);
    await world.add(hanoi.slice(0, 3).flatMap(both));
    await world.add(hanoi.slice(3, 5).map((unitId) => ({ unitId, indicator: one })));
    await hold(hanoi.slice(5, 9));
    await world.add((await predecessorsOf(hanoi.slice(9))).flatMap(both));
    const { rows } = await listRounds(world.db, { limit: 1, after: null });
    const [round] = rows;
    if (!round) throw new Error("no round");
    const report = await roundProgress(world.db, round, { now: Date.now(), timezone: ZONE });
    const told = await viewRows(
      world.db,
      "coverage_round",
      "where round = '2026-Q3' order by province",
    );
    expect(told).toEqual(
      report.duties.map((duty) => ({
        round: "2026-Q3",
        as_of: DAY,
        opens_on: "2026-10-01",
        due_on: "2026-10-15",
        province: duty.province.code,
        province_name_vi: duty.province.name_vi,
        state: duty.state,
        expected: duty.expected,
        received: duty.received,
        held: duty.held,
        received_on: duty.received_on,
        days_late: duty.days_late,
        excused_reason: duty.excused_reason,
      })),
    );
    expect(told.map(({ state }) => state)).toEqual(["partial", "excused", "received", "owed"]);
    const received = Number(told[0]?.["received"]);
    expect(received).toBeGreaterThan(3);
    expect(told[2]).toMatchObject({ days_late: 0 });
  });
});

async function putRound(indicators: readonly string[]): Promise<void> {
  const { id } = await world.db
    .insertInto("coverage_round")
    .values({
      as_of: DAY,
      opens_on: "2026-10-01",
      due_on: "2026-10-15",
      indicators: [...indicators],
      created_at: new Date("2026-09-30Z"),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const owes = { "01": null, "11": "lũ", "46": null, "48": null };
  await world.db
    .insertInto("coverage_round_duty")
    .values(
      Object.entries(owes).map(([code, excused_reason]) => ({
        round_id: id,
        province_id: world.unit("province", code).id,
        excused_reason,
      })),
    )
    .execute();
}

/** Rows of these communes that wait for review. */
async function hold(units: readonly number[]): Promise<void> {
  const { id } = await world.db
    .selectFrom("submission")
    .select("id")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  for (const [index, unit] of units.entries()) {
    await sql`insert into held_row (submission_id, row_number, unit_id, figures, rules, state)
      values (${id}, ${index}, ${unit}, ${JSON.stringify([{ asOf: DAY }])}::jsonb, '{V20}', 'pending')`.execute(
      world.db,
    );
  }
}

/** All that the first of these communes came from. */
async function predecessorsOf(units: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ ids: number[] }>`
    select array_agg(from_unit_id) as ids from admin_unit_event
    where part is not null and to_unit_id in (${sql.join([...units])}) group by to_unit_id limit 1`.execute(
    world.db,
  );
  return [...new Set(rows[0]?.ids)];
}

function byCommune<Row extends { readonly commune: unknown }>(rows: readonly Row[]) {
  return rows.toSorted((one, other) => Number(one.commune) - Number(other.commune));
}
