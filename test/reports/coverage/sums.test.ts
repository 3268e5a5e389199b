import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { NewFigure } from "../../../src/domain/coverage/figure.ts";
import { latestDays } from "../../../src/reports/coverage/days.ts";
import type { SumQuestion } from "../../../src/reports/coverage/question.ts";
import { compareSums, coverageSeries, type Side } from "../../../src/reports/coverage/series.ts";
import { coverageSums } from "../../../src/reports/coverage/sums.ts";
import { type CoverageWorld, DAY, NOTHING, openWorld, share, type WorldUnit } from "./world.ts";

/** Huế has 40 communes. */
const PROVINCE = "46";

let world: CoverageWorld;
let communes: readonly WorldUnit[];
let indicator: string;
beforeAll(async () => {
  world = await openWorld();
  communes = world.communes(PROVINCE);
});
beforeEach(async () => void (indicator = await world.addIndicator()));
afterAll(() => world.close());

const commune = (index: number): WorldUnit => {
  const unit = communes[index];
  if (!unit) throw new Error("too few communes");
  return unit;
};
const one = async (change: Partial<SumQuestion> = {}) => {
  const question = { indicator, asOf: DAY, level: "province", province: PROVINCE } as const;
  const [sum, ...others] = await coverageSums(world.db, { ...question, ...change });
  if (!sum || others.length > 0) throw new Error(`${others.length + 1} sums`);
  return sum;
};
const ofCommune = (index: number, change: Partial<SumQuestion> = {}) =>
  one({ level: "commune", province: undefined, unit: commune(index).code, ...change });
const all = (change: Partial<NewFigure> = {}, skip = 0) =>
  communes.slice(skip).map(({ id }) => share(id, indicator, change));

describe("a sum", () => {
  test("of complete figures is numerators over denominators, and its bounds are its value", async () => {
    await world.add([
      share(commune(0).id, indicator, { numerator: 1, denominator: 1000 }),
      ...all({}, 1),
    ]);
    expect(await one()).toEqual({
      unit: { level: "province", code: PROVINCE, name_vi: "Huế" },
      indicator,
      indicator_version: 1,
      as_of: DAY,
      basis: "reported",
      numerator: 1 + 39 * 80,
      denominator: 1000 + 39 * 100,
      ratio: 3121 / 4900,
      lower: 3121 / 4900,
      upper: 3121 / 4900,
      bounds: "closed",
      reported_communes: 40,
      expected_communes: 40,
      missing_denominator: 0,
      missing: {},
      denominator_source: "report",
      operators: null,
      recast: { exact: 0, estimated: 0, left_open: 0 },
      stated: null,
      made_up: false,
    });
  });

  test("counts every reason why a commune is missing", async () => {
    await world.add([
      share(commune(0).id, indicator, { ...NOTHING, status: "suppressed" }),
      share(commune(1).id, indicator, { ...NOTHING, status: "not_collected" }),
      share(commune(2).id, indicator, { ...NOTHING, status: "not_applicable" }),
      share(commune(3).id, indicator, { ...NOTHING, status: "withdrawn" }),
      share(commune(4).id, indicator, { ...NOTHING, statedRatio: 0.9 }),
      share(commune(5).id, indicator, { denominatorSource: "census-2019" }),
      ...all({}, 7),
    ]);
    expect(await one()).toMatchObject({
      numerator: 33 * 80,
      denominator: 33 * 100,
      ratio: 0.8,
      lower: 0,
      upper: 1,
      bounds: "open",
      missing_denominator: null,
      reported_communes: 33,
      expected_communes: 40,
      missing: {
        suppressed: 1,
        not_collected: 1,
        not_applicable: 1,
        withdrawn: 1,
        percent_only: 1,
        other_denominator: 1,
        not_reported: 1,
      },
    });
    expect(await ofCommune(4)).toMatchObject({
      ratio: null,
      reported_communes: 0,
      missing: { percent_only: 1 },
      stated: { ratio: 0.9, numerator: null },
    });
  });

  test("takes the last denominator of the same origin as the size of what is missing", async () => {
    await world.add([
      share(commune(0).id, indicator, { asOf: "2026-03-31", denominator: 300 }),
      share(commune(0).id, indicator, { asOf: "2026-06-30", denominator: 400 }),
      share(commune(0).id, indicator, { asOf: "2026-12-31", denominator: 900 }),
      ...all({}, 1),
    ]);
    expect(await one()).toMatchObject({
      bounds: "closed",
      missing_denominator: 400,
      ratio: 0.8,
      lower: 3120 / 4300,
      upper: 3520 / 4300,
    });
  });

  test("leaves bounds open where the last denominator is of another origin, unless the register has one", async () => {
    await world.add([
      share(commune(0).id, indicator, { asOf: "2026-06-30", denominatorSource: "census-2019" }),
      ...all({}, 1),
    ]);
    expect(await one()).toMatchObject({ bounds: "open", lower: 0, upper: 1 });
    const entry = { unit_id: commune(0).id, kind: "households", as_of: "2026-01-01" };
    await world.db
      .insertInto("coverage_denominator")
      .values([
        {
          ...entry,
          value: 200,
          source: "report",
          revision: 1,
          recorded_by: "test",
          recorded_at: new Date(),
        },
      ])
      .execute();
    expect(await one()).toMatchObject({ bounds: "closed", missing_denominator: 200 });
  });

  test("never adds denominators of different origin: the commonest one is taken", async () => {
    await world.add([
      ...communes
        .slice(0, 15)
        .map(({ id }) => share(id, indicator, { denominatorSource: "census-2019" })),
      ...all({ numerator: 50 }, 15),
    ]);
    expect(await one()).toMatchObject({
      numerator: 25 * 50,
      denominator: 25 * 100,
      denominator_source: "report",
      missing: { other_denominator: 15 },
    });
    expect(await ofCommune(0)).toMatchObject({ ratio: 0.8, denominator_source: "census-2019" });
  });

  test("takes the source of the lowest rank, but a value before none", async () => {
    await world.add([
      share(commune(0).id, indicator, { numerator: 10 }),
      share(commune(0).id, indicator, { numerator: 20, source: "world-province" }),
      share(commune(1).id, indicator, { ...NOTHING, status: "not_collected" }),
      share(commune(1).id, indicator, { numerator: 30, source: "world-province" }),
    ]);
    expect((await ofCommune(0)).numerator).toBe(10);
    expect((await ofCommune(1)).numerator).toBe(30);
  });

  test("takes all operators together where that is given, else the greatest, never their sum", async () => {
    await world.add([
      share(commune(0).id, indicator, { operator: "viettel", numerator: 60 }),
      share(commune(0).id, indicator, { operator: "vnpt", numerator: 70 }),
      share(commune(1).id, indicator, { operator: "viettel", numerator: 90 }),
      share(commune(1).id, indicator, { numerator: 50 }),
    ]);
    expect(await ofCommune(0)).toMatchObject({ numerator: 70, denominator: 100, operators: "max" });
    expect(await ofCommune(1)).toMatchObject({ numerator: 50, operators: "all" });
    expect(await one()).toMatchObject({ numerator: 120, denominator: 200, operators: "max" });
    expect(await ofCommune(0, { operator: "viettel" })).toMatchObject({
      numerator: 60,
      operators: null,
    });
  });

  test("of an indicator whose operators stand apart takes no operator's figure for all", async () => {
    indicator = await world.addIndicator({ multi_operator: "named" });
    await world.add([share(commune(0).id, indicator, { operator: "viettel" })]);
    expect(await ofCommune(0)).toMatchObject({ numerator: null, missing: { not_reported: 1 } });
    expect(await ofCommune(0, { operator: "viettel" })).toMatchObject({ numerator: 80 });
  });

  test("never has what is projected, which is told beside it when it is asked for", async () => {
    const country = world.unit("country", "VN");
    await world.add([
      ...all({ basis: "projected" }),
      share(country.id, indicator, { ...NOTHING, basis: "projected", statedRatio: 0.99 }),
    ]);
    expect(await one()).toMatchObject({
      numerator: null,
      ratio: null,
      reported_communes: 0,
      stated: null,
    });
    const projected = { basis: "projected", level: "country", province: undefined } as const;
    expect(await one(projected)).toMatchObject({
      ratio: null,
      reported_communes: 0,
      stated: { ratio: 0.99, basis: "projected" },
    });
    expect(await ofCommune(0, { basis: "projected" })).toMatchObject({
      ratio: null,
      stated: { ratio: 0.8 },
    });
  });

  test("of a count without denominator has no ratio and no bounds", async () => {
    indicator = await world.addIndicator({ denominator_kind: null });
    await world.add(all({ numerator: 3, denominator: null, denominatorSource: null }, 1));
    expect(await one()).toMatchObject({
      numerator: 117,
      denominator: null,
      ratio: null,
      lower: null,
      upper: null,
      bounds: "none",
      reported_communes: 39,
    });
  });

  test("over communes themselves knows the size of what is missing", async () => {
    indicator = await world.addIndicator({ denominator_kind: "communes" });
    await world.add(all({ numerator: 1, denominator: 1 }, 4));
    expect(await one()).toMatchObject({
      ratio: 1,
      lower: 0.9,
      upper: 1,
      bounds: "closed",
      missing_denominator: 4,
    });
  });

  test("is of one version of the definition, the one in force unless another is asked for", async () => {
    const code = "world_versions";
    await world.addIndicator({ code, version: 1, valid_to: "2026-07-01" });
    await world.addIndicator({ code, version: 2, valid_from: "2026-07-01" });
    indicator = code;
    await world.add([
      ...all({ indicatorVersion: 1, numerator: 10 }, 20),
      ...all({ indicatorVersion: 2, numerator: 20 }, 30),
    ]);
    expect(await one()).toMatchObject({ indicator_version: 2, numerator: 200 });
    expect(await one({ version: 1 })).toMatchObject({
      indicator_version: 1,
      numerator: 200,
      denominator: 2000,
    });
    expect(
      await coverageSums(world.db, { indicator, version: 3, asOf: DAY, level: "country" }),
    ).toEqual([]);
  });

  test("tells beside it what was said of the unit itself, and never adds that", async () => {
    const province = world.unit("province", PROVINCE);
    await world.add([
      share(province.id, indicator, { numerator: 9, denominator: 10, note: "họp báo" }),
      ...all(),
    ]);
    expect(await one()).toMatchObject({
      ratio: 0.8,
      stated: {
        numerator: 9,
        denominator: 10,
        ratio: 0.9,
        source: "world-ministry",
        note: "họp báo",
      },
    });
    expect(await one({ level: "country", province: undefined })).toMatchObject({
      numerator: 3200,
      reported_communes: 40,
      expected_communes: 3321,
      stated: null,
    });
  });

  test("that rests on a made-up source says so", async () => {
    await world.add([
      share(commune(0).id, indicator),
      share(commune(1).id, indicator, { source: "world-invented" }),
    ]);
    expect((await one()).made_up).toBe(true);
    expect((await ofCommune(0)).made_up).toBe(false);
    expect((await ofCommune(1)).made_up).toBe(true);
  });

  test("can be had as it was known at a figure's number and at an instant", async () => {
    await world.add(all(), "2026-10-05T00:00:00Z");
    const { id: cut } = await world.db
      .selectFrom("coverage_figure")
      .select((each) => each.fn.max("id").as("id"))
      .executeTakeFirstOrThrow();
    await world.add(all({ numerator: 90 }), "2026-11-05T00:00:00Z");
    expect((await one()).ratio).toBe(0.9);
    expect((await one({ known: { cut } })).ratio).toBe(0.8);
    expect((await one({ known: { on: new Date("2026-11-04T23:59:59Z") } })).ratio).toBe(0.8);
    expect((await one({ known: { on: new Date("2026-11-05T00:00:00Z") } })).ratio).toBe(0.9);
    expect((await one({ known: { on: new Date("2026-10-04T00:00:00Z") } })).reported_communes).toBe(
      0,
    );
  });

  test("of an indicator that is reported by provinces is added up from them", async () => {
    indicator = await world.addIndicator({ lowest_level: "province" });
    await world.add([share(world.unit("province", PROVINCE).id, indicator)]);
    expect(await one({ level: "country", province: undefined })).toMatchObject({
      numerator: 80,
      reported_communes: 1,
      expected_communes: 34,
    });
    expect(await ofCommune(0)).toMatchObject({ numerator: null, expected_communes: 0 });
  });
});

describe("over time", () => {
  const LATER = "2026-12-31";
  const ONE = { level: "commune", province: PROVINCE } as const;

  test("each day is by the definition in force on it, and two definitions have no difference", async () => {
    const code = "world_series";
    await world.addIndicator({ code, version: 1, valid_to: "2026-10-01" });
    await world.addIndicator({ code, version: 2, valid_from: "2026-10-01" });
    const { id, code: unit } = commune(0);
    await world.add([
      share(id, code, { numerator: 10 }),
      share(id, code, { numerator: 20, asOf: LATER, indicatorVersion: 2 }),
    ]);
    const series = await coverageSeries(world.db, { indicator: code, level: "commune", unit });
    expect(series).toMatchObject([
      { as_of: DAY, indicator_version: 1, ratio: 0.1 },
      { as_of: LATER, indicator_version: 2, ratio: 0.2 },
    ]);
    const sides = [DAY, LATER].map((asOf) => ({ asOf, known: null }));
    const [compared] = await compareSums(
      world.db,
      { indicator: code, ...ONE, unit },
      sides as [Side, Side],
    );
    expect(compared).toMatchObject({ change: null, break: "definition" });
  });

  test("denominators of another origin are a break, not a difference", async () => {
    await world.add([
      share(commune(0).id, indicator),
      share(commune(0).id, indicator, {
        asOf: LATER,
        numerator: 90,
        denominatorSource: "census-2029",
      }),
      share(commune(1).id, indicator),
      share(commune(1).id, indicator, { asOf: LATER, numerator: 90 }),
    ]);
    const sides = [DAY, LATER].map((asOf) => ({ asOf, known: null }));
    const compared = await compareSums(world.db, { indicator, ...ONE }, sides as [Side, Side]);
    expect(compared.slice(0, 3)).toMatchObject([
      { change: null, break: "denominator" },
      { change: 0.9 - 0.8, break: null },
      { change: null, break: null },
    ]);
  });
});

describe("the last day of an indicator", () => {
  const NEXT = "2026-12-31";
  const last = async () => (await latestDays(world.db, "reported")).get(indicator);

  test("stays the one before until half as many communes have reported", async () => {
    await world.add(all());
    expect(await last()).toBe(DAY);
    const early = all({ asOf: NEXT }).slice(0, communes.length / 2 - 1);
    await world.add(early);
    expect(await last()).toBe(DAY);
    await world.add([share(commune(early.length).id, indicator, { asOf: NEXT })]);
    expect(await last()).toBe(NEXT);
  });
});
