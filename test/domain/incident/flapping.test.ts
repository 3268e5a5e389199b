import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changedShare, isFlapping, withRun } from "../../../src/domain/incident/flapping.ts";
import { DEFAULT_POLICY } from "../../../src/domain/incident/policy.ts";

const POLICY = DEFAULT_POLICY.flapping;

/** The runs that are kept of these, `1` reachable, `0` not. */
function after(runs: string) {
  return runs.split("").reduce((recent, run) => withRun(recent, run === "1", POLICY), "");
}

describe("flapping", () => {
  test("keeps the last twenty changes and nothing of long success", () => {
    expect(after("1".repeat(50))).toBe("1");
    expect(after("1110111")).toBe("10111");
    expect(after("01".repeat(30))).toHaveLength(21);
    expect(after(`0${"1".repeat(20)}`)).toHaveLength(21);
    expect(after(`0${"1".repeat(21)}`)).toBe("1");
  });

  test("weighs the newest change 1.15, the oldest 0.8, over the window", () => {
    expect(changedShare("10", POLICY)).toBeCloseTo(1.15 / 20);
    expect(changedShare(`1${"0".repeat(20)}`, POLICY)).toBeCloseTo(0.8 / 20);
    expect(changedShare(after("01".repeat(20)), POLICY)).toBeCloseTo(0.975);
  });

  test("begins above 30 % and ends below 25 %", () => {
    expect(isFlapping(false, after("10101"), POLICY)).toBe(false);
    expect(isFlapping(false, after("1010101"), POLICY)).toBe(true);
    const fading = after("1010101".padEnd(14, "1"));
    expect(changedShare(fading, POLICY)).toBeGreaterThan(POLICY.end);
    expect(changedShare(fading, POLICY)).toBeLessThan(POLICY.begin);
    expect(isFlapping(true, fading, POLICY)).toBe(true);
    expect(isFlapping(false, fading, POLICY)).toBe(false);
    expect(isFlapping(true, after("10101".padEnd(12, "1")), POLICY)).toBe(false);
  });

  test("does not come from two outages within the window, and is over after twenty equal runs", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^1{0,9}0{1,9}1{1,9}0{1,9}1{0,9}$/), (runs) => {
        expect(isFlapping(false, after(runs), POLICY)).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[01]{0,60}$/), fc.constantFrom("0", "1"), (runs, last) => {
        expect(isFlapping(true, after(runs + last.repeat(21)), POLICY)).toBe(false);
      }),
    );
  });

  test("forgets only what does not count", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[01]{1,60}$/), (runs) => {
        const kept = runs.slice(-21);
        expect(changedShare(after(runs), POLICY)).toBeCloseTo(changedShare(kept, POLICY));
      }),
    );
  });
});
