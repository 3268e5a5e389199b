import { expect, test } from "vitest";
import fc from "fast-check";
import { isQuarterEnd } from "../../../src/domain/coverage/quarter.ts";
import { periodEnd } from "../../../src/domain/coverage/period-end.ts";

test.each([
  ["2019-04-01", "2019-04-01"],
  ["2025-10", "2025-10-31"],
  ["2024-02", "2024-02-29"],
  ["2025-12", "2025-12-31"],
  ["2025-Q2", "2025-06-30"],
  ["2025-Q4", "2025-12-31"],
  ["2024", "2024-12-31"],
  ["undated, before 2025-07", null],
  ["2025-13", null],
  ["2025-Q5", null],
  ["", null],
])("the period %s ends on %s", (text, day) => {
  expect(periodEnd(text)).toBe(day);
});

test("every quarter ends on the end of a quarter, its own", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2000, max: 2099 }),
      fc.integer({ min: 1, max: 4 }),
      (year, quarter) => {
        const day = periodEnd(`${year}-Q${quarter}`) ?? "";
        expect(isQuarterEnd(day)).toBe(true);
        expect(day.slice(0, 4)).toBe(String(year));
      },
    ),
  );
});
