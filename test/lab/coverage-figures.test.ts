import { expect, test } from "vitest";
import {
  lateProvinces,
  MADE_UP_BREAK,
  MADE_UP_INDICATORS,
  MADE_UP_SOURCE,
  madeUpFigures,
} from "../../lab/coverage-figures.ts";

const QUARTERS = ["2026-03-31", "2026-06-30", "2026-09-30"] as const;
const communes = Array.from({ length: 400 }, (_, index) => ({
  unitId: index + 1,
  code: String(10_000 + index * 3),
  province: String(10 + (index % 8)),
}));
const [first, , last] = QUARTERS.map((asOf) => madeUpFigures(communes, QUARTERS, asOf));
if (!first || !last) throw new Error("There are no figures");
const reported = (figures: typeof first) => new Set(figures.map(({ unitId }) => unitId));

test("the same communes and quarters give the same figures", () => {
  expect(madeUpFigures(communes, QUARTERS, "2026-03-31")).toEqual(first);
});

test("every figure says that it is made up, and is from the source that marks what is made of it", () => {
  expect(MADE_UP_SOURCE.madeUp).toBe(true);
  for (const { source, note } of [...first, ...last]) {
    expect([source, note]).toEqual([
      "made-up",
      "Số liệu minh hoạ, không có thật / made-up demo data",
    ]);
  }
});

test("some communes are missing, and two provinces are late with the last quarter", () => {
  expect(reported(first).size).toBeGreaterThan(360);
  expect(reported(first).size).toBeLessThan(400);
  const late = lateProvinces(communes);
  expect(late).toHaveLength(2);
  const lateUnits = communes.filter(({ province }) => late.includes(province));
  expect(lateUnits.some(({ unitId }) => reported(first).has(unitId))).toBe(true);
  expect(lateUnits.some(({ unitId }) => reported(last).has(unitId))).toBe(false);
});

test("one figure is suppressed", () => {
  const suppressed = [...first, ...last].filter(({ status }) => status === "suppressed");
  expect(suppressed.map(({ indicator, asOf, numerator }) => [indicator, asOf, numerator])).toEqual([
    ["pop_5g", "2026-09-30", null],
  ]);
});

test("no figure contradicts itself or another one of its commune", () => {
  for (const figures of [first, last]) {
    const of = new Map(figures.map((each) => [`${each.unitId} ${each.indicator}`, each]));
    const value = (unitId: number, indicator: string) =>
      of.get(`${unitId} ${indicator}`)?.numerator ?? 0;
    for (const { numerator, denominator, status } of figures) {
      if (status !== "present") continue;
      expect(Number.isInteger(numerator) && Number.isInteger(denominator)).toBe(true);
      expect(numerator ?? -1).toBeGreaterThanOrEqual(0);
      expect(numerator ?? 0).toBeLessThanOrEqual(denominator ?? 0);
    }
    for (const unitId of reported(figures)) {
      expect(value(unitId, "fibre_hh_using")).toBeLessThanOrEqual(value(unitId, "fibre_hh_able"));
      expect(value(unitId, "pop_5g")).toBeLessThanOrEqual(value(unitId, "pop_4g"));
      expect(value(unitId, "commune_has_fibre") === 1).toBe(value(unitId, "fibre_hh_able") > 0);
    }
  }
});

test("the method break is of an indicator that there are figures of", () => {
  expect(MADE_UP_INDICATORS).toContain(MADE_UP_BREAK.indicator);
});
