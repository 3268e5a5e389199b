import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CoverageSum } from "../../../src/domain/coverage/sum.ts";
import type { SumQuestion } from "../../../src/reports/coverage/question.ts";
import { coverageSums } from "../../../src/reports/coverage/sums.ts";
import { type CoverageWorld, openWorld, share } from "./world.ts";

/** Quảng Ninh: 171 old communes became 54, of which 19 have a part of a divided one. */
const PROVINCE = "22";
const AS_OF = "2025-06-30";

interface Step {
  readonly from: number;
  readonly to: number;
  readonly part: "whole" | "split";
}

let world: CoverageWorld;
let steps: readonly Step[];
let olds: readonly number[];
let indicator: string;
beforeAll(async () => {
  world = await openWorld();
  const communes = world.communes(PROVINCE).map(({ id }) => id);
  const rows = await world.db
    .selectFrom("admin_unit_event")
    .select(["from_unit_id as from", "to_unit_id as to", "part"])
    .where("to_unit_id", "in", communes)
    .where("part", "is not", null)
    .execute();
  steps = rows.flatMap(({ part, ...step }) => (part === null ? [] : [{ ...step, part }]));
  olds = [...new Set(steps.map(({ from }) => from))].toSorted((one, other) => one - other);
});
beforeEach(async () => void (indicator = await world.addIndicator()));
afterAll(() => world.close());

const into = (unit: number) => steps.filter(({ to }) => to === unit);
const old = (unit: number, index: number) =>
  share(unit, indicator, { asOf: AS_OF, numerator: 10 + index, denominator: 100 + index });
const oldFigures = (leaveOut: readonly number[] = []) =>
  olds.map(old).filter(({ unitId }) => !leaveOut.includes(unitId));
const sums = (change: Partial<SumQuestion> = {}) =>
  coverageSums(world.db, {
    indicator,
    asOf: AS_OF,
    level: "province",
    province: PROVINCE,
    ...change,
  });
const communeSums = () => sums({ level: "commune" });
const idOf = (code: string) => world.unit("commune", code).id;

describe("figures of the units before July 2025", () => {
  test("come to the same for the province under the old units and the new ones", async () => {
    await world.add(oldFigures());
    const [now] = await sums();
    const numerator = oldFigures().reduce((sum, each) => sum + (each.numerator ?? 0), 0);
    expect(now).toMatchObject({
      numerator,
      bounds: "closed",
      basis: "reported",
      reported_communes: 54,
      expected_communes: 54,
      missing: {},
      recast: { exact: olds.length, estimated: 0, left_open: 0 },
    });
    const [then] = await sums({ units: AS_OF });
    expect(then).toMatchObject({
      numerator,
      denominator: now?.denominator,
      ratio: now?.ratio,
      reported_communes: olds.length,
      expected_communes: olds.length,
      recast: { exact: 0 },
    });
    const [country] = await sums({ level: "country", province: undefined });
    expect(country).toMatchObject({ numerator, reported_communes: 54, expected_communes: 3321 });
  });

  test("are exact for a commune of whole ones, and left open for one that has a part of another", async () => {
    await world.add(oldFigures());
    const byCommune = await communeSums();
    const numbers = new Map(oldFigures().map((each) => [each.unitId, each.numerator ?? 0]));
    const ofWholes = (sum: CoverageSum) =>
      into(idOf(sum.unit.code)).every(({ part }) => part === "whole");
    for (const sum of byCommune.filter(ofWholes)) {
      const parents = into(idOf(sum.unit.code));
      expect(sum).toMatchObject({
        numerator: parents.reduce((total, { from }) => total + (numbers.get(from) ?? 0), 0),
        reported_communes: 1,
        recast: { exact: parents.length, left_open: 0 },
      });
    }
    for (const sum of byCommune.filter((each) => !ofWholes(each))) {
      expect(sum).toMatchObject({
        numerator: null,
        ratio: null,
        bounds: "open",
        missing: { split_without_share: 1 },
      });
    }
    const split = byCommune.filter(({ missing }) => missing.split_without_share);
    expect([split.length > 0, split.length]).toEqual([true, 19]);
  });

  test("leave a sum incomplete where one is missing, with its last size in the bounds", async () => {
    const first = steps.find(({ part, to }) => part === "whole" && into(to).length > 1);
    if (!first) throw new Error("no merger");
    await world.add([
      ...oldFigures([first.from]),
      share(first.from, indicator, { asOf: "2025-03-31", denominator: 500 }),
    ]);
    const [province] = await sums();
    expect(province).toMatchObject({
      reported_communes: 53,
      missing: { predecessor_missing: 1 },
      bounds: "closed",
      missing_denominator: 500,
    });
    expect(province?.lower).toBeLessThan(province?.ratio ?? 0);
    const commune = (await communeSums()).find(({ unit }) => idOf(unit.code) === first.to);
    expect(commune).toMatchObject({
      reported_communes: 0,
      expected_communes: 1,
      missing: { predecessor_missing: 1 },
      recast: { exact: into(first.to).length - 1 },
    });
    expect(commune?.numerator).not.toBe(0);
  });

  test("give way to a figure of the commune itself", async () => {
    const own = steps.find(({ to }) => into(to).every(({ part }) => part === "whole"))?.to;
    if (own === undefined) throw new Error("no commune of whole ones");
    await world.add([
      ...oldFigures(),
      share(own, indicator, { asOf: AS_OF, numerator: 1, denominator: 2 }),
    ]);
    const commune = (await communeSums()).find(({ unit }) => idOf(unit.code) === own);
    expect(commune).toMatchObject({ numerator: 1, denominator: 2, recast: { exact: 0 } });
    const [province] = await sums();
    const replaced = into(own).map(({ from }) => from);
    const kept = oldFigures(replaced).reduce((sum, each) => sum + (each.numerator ?? 0), 1);
    expect(province).toMatchObject({ numerator: kept, reported_communes: 54 });
  });

  test("of divided ones are estimates where somebody stated the shares", async () => {
    const split = steps.find(({ part }) => part === "split");
    if (!split) throw new Error("nothing was divided");
    const parts = steps.filter(({ from }) => from === split.from);
    const share = 1 / parts.length;
    const state = (given: number | null) =>
      world.db
        .updateTable("admin_unit_event")
        .set({ share: given, share_source: given === null ? null : "biên bản" })
        .where("from_unit_id", "=", split.from)
        .where("part", "=", "split")
        .execute();
    await world.add(oldFigures());
    await state(share);
    const touched = (await communeSums()).filter(({ unit }) =>
      parts.some(({ to }) => to === idOf(unit.code)),
    );
    await state(null);
    const settled = touched.filter(({ recast }) => recast.estimated > 0);
    expect(settled.length).toBeGreaterThan(0);
    for (const sum of settled)
      expect(sum).toMatchObject({ basis: "estimated", reported_communes: 1 });
  });

  test("are not looked at under the old units when they are of the new ones", async () => {
    await world.add(
      world.communes(PROVINCE).map(({ id }) => share(id, indicator, { asOf: AS_OF })),
    );
    const [then] = await sums({ units: AS_OF });
    expect(then).toMatchObject({
      numerator: null,
      reported_communes: 0,
      missing: { not_reported: olds.length },
    });
  });
});
