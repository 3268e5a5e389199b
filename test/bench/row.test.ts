import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isMet, median, ratioOf, type Row } from "../../bench/kit/row.ts";
import { tableOf } from "../../bench/kit/table.ts";

const row = (values: number[], more: Partial<Row> = {}): Row => ({
  what: "probe",
  unit: "ms",
  values,
  ...more,
});

describe("the middle of some values", () => {
  test("is the one in the middle, or between both of them", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
  });

  test("has as many values below as above", () => {
    const values = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (all) => {
        const middle = median(all);
        const below = all.filter((value) => value < middle).length;
        const above = all.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(all.length / 2);
      }),
    );
  });
});

describe("a ratio", () => {
  test("is that of the rounds: what disturbs one disturbs both", () => {
    const disturbed = row([1, 10, 1], { peer: { name: "other", values: [2, 20, 2] } });
    expect(ratioOf(disturbed)).toBe(0.5);
    expect(ratioOf(row([3], { peer: { name: "other", values: [1, 2] } }))).toBe(2);
  });

  test("is none without somebody beside it", () => {
    expect(ratioOf(row([1]))).toBeNull();
    expect(ratioOf(row([1], { peer: { name: "other", values: [] } }))).toBeNull();
  });
});

describe("a goal", () => {
  const peer = { name: "other", values: [2] };
  test.each<[Row, boolean | null]>([
    [row([1], { goal: { atMost: 1 } }), true],
    [row([1.1], { goal: { atMost: 1 } }), false],
    [row([5], { goal: { atLeast: 4 } }), true],
    [row([3], { goal: { atLeast: 4 } }), false],
    [row([1], { peer, goal: { ratioAtMost: 0.5 } }), true],
    [row([1.1], { peer, goal: { ratioAtMost: 0.5 } }), false],
    [row([1], { peer, goal: { atMost: 2, ratioAtMost: 0.4 } }), false],
    [row([1], { goal: { ratioAtMost: 1 } }), null],
    [row([1]), null],
    [row([], { goal: { atMost: 1 } }), null],
  ])("of %j: %s", (given, met) => {
    expect(isMet(given)).toBe(met);
  });

  test("that is missed is seen in the table", () => {
    const missed = row([2, 3, 4], { goal: { atMost: 1 }, note: "slow" });
    const table = tableOf([
      { section: "Light probe", facts: { nginx: "1.22" }, rows: [missed], missing: ["Gatus"] },
    ]);
    expect(table).toContain("| probe | 3 ms (2–4) |  |  | ≤ 1 ms | **not met** |");
    expect(table).toContain("nginx: 1.22");
    expect(table).toContain("- probe: slow");
    expect(table).toContain("Not measured: Gatus");
  });
});
