import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StatedFigure, StatedPlace, UnderstoodRow } from "../../../src/coverage/contract.ts";
import { FIGURE_STATUSES, type NewFigure } from "../../../src/domain/coverage/figure.ts";
import { SMALL_INDICATORS, SMALL_UNIT_IDS } from "../../support/small-register.ts";
import { at, figure, judgeRows, row, rowsOf, slug } from "./support/made-rows.ts";

const number = fc.oneof(
  fc.integer({ min: 0, max: 50 }),
  fc.integer({ min: -3, max: 1_000_000 }),
  fc.constantFrom(0.5, 1e17, Number.NaN, Number.POSITIVE_INFINITY),
);
const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: null, freq: 4 });
const name = fc.constantFrom(...Object.keys(SMALL_UNIT_IDS), "Xa Van Lang", "Phường Nào Đó", "?");
const code = fc.constantFrom("00004", "00070", "02680", "05443", "15", "99999", "x");
const day = fc.constantFrom(
  "2025-06-30",
  "2026-06-30",
  "2026-09-30",
  "2026-08-01",
  "2030-03-31",
  "?",
);

const place: fc.Arbitrary<StatedPlace> = fc.record({
  level: fc.constantFrom("commune", "commune", "commune", "province", "country"),
  code: maybe(code),
  codeAsWritten: maybe(fc.constantFrom("4", "70")),
  name: maybe(name),
  provinceCode: maybe(fc.constantFrom("01", "15", "19", "98")),
  provinceName: maybe(name),
});

const stated: fc.Arbitrary<StatedFigure> = fc
  .record({
    indicator: fc.constantFrom(...SMALL_INDICATORS.map((each) => each.code), "unknown"),
    version: maybe(fc.integer({ min: 1, max: 2 })),
    operator: fc.constantFrom("all", "all", "vnpt", "ai-do"),
    basis: maybe(fc.constantFrom("measured", "reported")),
    status: fc.constantFrom("present", "present", "present", ...FIGURE_STATUSES),
    numerator: maybe(number),
    denominator: maybe(number),
    denominatorSource: maybe(fc.constantFrom("report", "census")),
    statedRatio: maybe(fc.double({ min: -0.1, max: 1.2, noNaN: true })),
    ratioDecimals: fc.nat(8),
  })
  .map((each) => ({ ...figure(each.indicator), ...each }));

const anyRow: fc.Arbitrary<UnderstoodRow> = fc
  .record({
    place: fc.oneof(place, fc.constantFrom(at("00004", "Phường Ba Đình"), at("00070", null))),
    asOf: maybe(day),
    figures: fc.array(stated, { maxLength: 4 }),
    denominators: fc.dictionary(fc.constantFrom("households", "population", "hamlets"), number),
  })
  .map((each) => row(each.place, each.figures, each));

const file = fc.array(anyRow, { minLength: 1, maxLength: 6 });
const settings = fc.record({
  asOf: maybe(day),
  unitsDay: maybe(fc.constantFrom("2025-06-30", "2026-09-30")),
  basis: maybe(fc.constant("reported" as const)),
  reason: maybe(fc.constant("sửa")),
  onlyProvince: maybe(fc.constantFrom("01", "15")),
});

/** What the database checks of a figure. */
function isRecordable(each: NewFigure): boolean {
  const { numerator, denominator, statedRatio } = each;
  const counts = [numerator, denominator].every(
    (n) => n === null || (Number.isSafeInteger(n) && n >= 0),
  );
  return (
    counts &&
    denominator !== 0 &&
    (numerator === null || denominator === null || numerator <= denominator) &&
    (statedRatio === null || (statedRatio >= 0 && statedRatio <= 1)) &&
    (each.status === "present") === (numerator !== null || statedRatio !== null) &&
    (each.status === "present" || (denominator === null && statedRatio === null)) &&
    (statedRatio === null || denominator === null) &&
    (denominator === null) === (each.denominatorSource === null) &&
    (each.operator === "all" || each.operator === "vnpt")
  );
}

describe("whatever a file has", () => {
  it("brings only figures that the database's own checks let in, of a unit and a day that are there", async () => {
    await fc.assert(
      fc.asyncProperty(file, settings, async (rows, stating) => {
        const judged = await judgeRows(rows, { settings: stating });
        for (const fault of judged.faults) slug(fault);
        if (judged.refused) return;
        for (const each of await rowsOf(judged)) {
          for (const fault of each.faults) slug(fault);
          const worst = new Set(each.faults.map(({ severity }) => severity));
          const verdict = worst.has("reject_row")
            ? "refused"
            : worst.has("hold")
              ? "held"
              : "accepted";
          expect(each.verdict).toBe(verdict);
          // A refused row brings nothing, another one is of a unit.
          expect(each.verdict === "refused" ? each.figures.length : Number(!each.unit)).toBe(0);
          for (const brought of each.figures) {
            expect(brought).toSatisfy(isRecordable);
            expect(brought.unitId).toBe(each.unit?.id);
            expect(brought.asOf <= "2026-11-22").toBe(true);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it("is judged the same whatever the order of its rows, but for which of two equal ones comes first", async () => {
    const verdictsOf = async (rows: readonly UnderstoodRow[]) => {
      const judged = await judgeRows(rows);
      if (judged.refused) return "refused";
      const told = (await rowsOf(judged)).map((each) => [each.number, each.verdict] as const);
      return told.toSorted(([a], [b]) => a - b);
    };
    await fc.assert(
      fc.asyncProperty(file, async (rows) => {
        const numbered = rows.map((each, index) => ({ ...each, number: index + 2 }));
        expect(await verdictsOf(numbered.toReversed())).toEqual(await verdictsOf(numbered));
      }),
      { numRuns: 100 },
    );
  });
});
