import { expect, test } from "vitest";
import {
  isMassFailure,
  isMassOver,
  seesTheSame,
} from "../../../src/domain/incident/mass-failure.ts";
import { DEFAULT_POLICY } from "../../../src/domain/incident/policy.ts";
import { fallOf, isRestored } from "../../../src/domain/incident/regression.ts";
import { LEVEL_SCALE } from "../../../src/domain/level-scale.ts";
import type { ReadinessLevel } from "../../../src/domain/readiness.ts";

const MASS = DEFAULT_POLICY.mass;

test("a mass failure needs many portals, a large share of them, and several networks", () => {
  const mass = { failing: 80, watched: 300, prefixes: 40 };
  expect(isMassFailure(mass, MASS)).toBe(true);
  expect(isMassFailure({ ...mass, failing: 75 }, MASS)).toBe(false);
  expect(isMassFailure({ ...mass, prefixes: 2 }, MASS)).toBe(false);
  expect(isMassFailure({ failing: 9, watched: 10, prefixes: 9 }, MASS)).toBe(false);
});

test("a mass failure ends well below where it began, and another place confirms it by less", () => {
  const tally = (failing: number) => ({ failing, watched: 80, prefixes: 9 });
  expect([10, 9].map((failing) => isMassOver(tally(failing), MASS))).toEqual([false, true]);
  expect([9, 10].map((failing) => seesTheSame(tally(failing), MASS))).toEqual([false, true]);
});

const fall = (...levels: ReadinessLevel[]) => fallOf(levels, LEVEL_SCALE);

test("a fall is from the last decided value to a lower one; what can't be told is none", () => {
  expect(fall("L3", "L1")).toEqual({ from: "L3", to: "L1" });
  expect(fall("L3", "U", "L1", "L1")).toEqual({ from: "L3", to: "L1" });
  expect(fall("L0", "LX")).toEqual({ from: "L0", to: "LX" });
  for (const none of [
    fall(),
    fall("L3"),
    fall("L1", "L3"),
    fall("L3", "U"),
    fall("L3", "L1", "U"),
    fall("U", "L1"),
  ]) {
    expect(none).toBe(null);
  }
});

test("a fall is over when the value is back or above, never by not knowing", () => {
  expect(isRestored("L3", "L3", LEVEL_SCALE)).toBe(true);
  expect(isRestored("L3", "L4", LEVEL_SCALE)).toBe(true);
  expect(isRestored("L3", "L2", LEVEL_SCALE)).toBe(false);
  expect(isRestored("LX", "U", LEVEL_SCALE)).toBe(false);
});
