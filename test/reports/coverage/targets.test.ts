import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CoverageSum } from "../../../src/domain/coverage/sum.ts";
import { forCommunes } from "../../../src/reports/coverage/gaps.ts";
import {
  compareWithTargets,
  type TargetRow,
  verdictOn,
} from "../../../src/reports/coverage/targets.ts";

const sum = (change: Partial<CoverageSum>) =>
  ({
    unit: { level: "country", code: "VN", name_vi: "Việt Nam" },
    indicator: "pop_5g",
    numerator: 80,
    lower: 0.7,
    upper: 0.9,
    reported_communes: 3,
    expected_communes: 4,
    missing: {},
    ...change,
  }) as CoverageSum;
const atLeast = (threshold: number) =>
  ({ comparison: "at_least", threshold, threshold_kind: "ratio" }) as const;
const atMost = (threshold: number) =>
  ({ comparison: "at_most", threshold, threshold_kind: "count" }) as const;
const row = (change: Partial<TargetRow>) =>
  ({
    code: "one",
    indicator_code: "pop_5g",
    level: "country",
    ...atLeast(0.8),
    ...change,
  }) as TargetRow;

describe("a target", () => {
  test.each([
    [0.7, "met"],
    [0.71, "unknown"],
    [0.9, "unknown"],
    [0.91, "not_met"],
  ] as const)("of at least %d beside bounds of 0.7 and 0.9 is %s", (threshold, verdict) => {
    expect(verdictOn(sum({}), atLeast(threshold))).toBe(verdict);
  });

  test("of a count is met or missed only where what is missing can't change it", () => {
    const at = (threshold: number) => ({ ...atLeast(threshold), threshold_kind: "count" }) as const;
    const complete = sum({ reported_communes: 4 });
    expect(verdictOn(sum({}), at(80))).toBe("met");
    expect(verdictOn(sum({}), at(81))).toBe("unknown");
    expect(verdictOn(complete, at(81))).toBe("not_met");
    expect(verdictOn(sum({}), atMost(79))).toBe("not_met");
    expect(verdictOn(sum({}), atMost(80))).toBe("unknown");
    expect(verdictOn(complete, atMost(80))).toBe("met");
    expect(verdictOn(sum({ numerator: null }), atMost(80))).toBe("unknown");
    expect(verdictOn(sum({ missing: { not_applicable: 1 } }), atMost(80))).toBe("met");
    expect(verdictOn(sum({ missing: { not_applicable: 1 } }), at(81))).toBe("not_met");
    expect(verdictOn(sum({ missing: { suppressed: 1 } }), atMost(80))).toBe("unknown");
  });

  test("is not decided by open bounds, nor without any", () => {
    expect(verdictOn(sum({ lower: 0, upper: 1 }), atLeast(0.5))).toBe("unknown");
    expect(verdictOn(sum({ lower: null, upper: null }), atLeast(0.5))).toBe("unknown");
  });

  test("is never called met or missed where the truth within the bounds is the other", () => {
    const ratio = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
    fc.assert(
      fc.property(ratio, ratio, ratio, (one, two, threshold) => {
        const [lower, truth] = [Math.min(one, two), Math.max(one, two)];
        const verdict = verdictOn(sum({ lower, upper: truth }), atLeast(threshold));
        const told = { met: truth >= threshold, not_met: truth < threshold, unknown: true };
        expect(told[verdict]).toBe(true);
      }),
    );
  });

  test("stands beside sums of its own indicator and level alone, with those that differ from it", () => {
    const targets = [
      row({ code: "earlier" }),
      row({ code: "later", threshold: 0.99 }),
      row({ code: "uses", indicator_code: "fibre_hh_using" }),
      row({ code: "communes", level: "commune" }),
    ];
    expect(compareWithTargets(sum({}), targets)).toMatchObject([
      { target: "earlier", verdict: "unknown" },
      { target: "later", verdict: "not_met" },
    ]);
  });

  test("can be held against a commune as a share, or where there should be none", () => {
    expect(forCommunes(atLeast(0.8))).toEqual(atLeast(0.8));
    expect(forCommunes(atMost(0))).toEqual(atMost(0));
    expect(forCommunes(atMost(50))).toBe(null);
  });
});
