import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OUTCOMES, type Outcome } from "../../src/domain/observation.ts";
import {
  combineSigns,
  FAMILY_SIGNS,
  isFresh,
  type LastRun,
  portalState,
} from "../../src/domain/portal-state.ts";

const NOW = 1_000_000_000;
const options = { now: NOW, intervalMs: 60_000, probed: true, maintained: false };
const run = (outcome: Outcome | null, age = 0): LastRun | null =>
  outcome && { outcome, at: NOW - age };
const stateOf = (ip4: LastRun | null, ip6: LastRun | null) => portalState({ ip4, ip6 }, options);

describe("the state of a portal", () => {
  test.each([
    ["ok", "ok", "up"],
    ["ok", "no_address", "up"],
    ["ok", "degraded", "degraded"],
    ["ok", "fail", "degraded"],
    ["ok", "unknown", "unknown"],
    ["ok", "skipped", "unknown"],
    ["ok", null, "unknown"],
    ["degraded", "degraded", "degraded"],
    ["degraded", "no_address", "degraded"],
    ["degraded", "fail", "degraded"],
    ["degraded", "unknown", "degraded"],
    ["degraded", null, "degraded"],
    ["fail", "fail", "down"],
    ["fail", "no_address", "down"],
    ["fail", "unknown", "unknown"],
    ["fail", "skipped", "unknown"],
    ["no_address", "unknown", "unknown"],
    ["no_address", "no_address", "unknown"],
    ["unknown", "unknown", "unknown"],
    [null, null, "unknown"],
  ] as const)("with %s and %s is %s, whichever family is which", (one, other, state) => {
    expect(stateOf(run(one), run(other))).toBe(state);
    expect(stateOf(run(other), run(one))).toBe(state);
  });

  test("of a portal that is not probed is unknown", () => {
    const last = { ip4: run("ok"), ip6: run("ok") };
    expect(portalState(last, { ...options, probed: false })).toBe("unknown");
  });

  test("of a portal in maintenance is maintenance whatever its runs say, unless it is not probed", () => {
    for (const outcome of [...OUTCOMES, null]) {
      const last = { ip4: run(outcome), ip6: run("fail") };
      expect(portalState(last, { ...options, maintained: true })).toBe("maintenance");
      expect(portalState(last, { ...options, maintained: true, probed: false })).toBe("unknown");
    }
  });

  test("counts a run until it is older than three intervals", () => {
    expect(stateOf(run("ok", 180_000), run("ok"))).toBe("up");
    expect(stateOf(run("ok", 180_001), run("ok"))).toBe("unknown");
    expect(stateOf(run("fail", 180_001), run("fail", 180_001))).toBe("unknown");
    expect(isFresh(NOW - 180_000, NOW, 60_000)).toBe(true);
  });
});

const sign = fc.constantFrom(...FAMILY_SIGNS);
const known = fc.constantFrom(...FAMILY_SIGNS.filter((one) => one !== "unsure"));

describe("a sign that cannot be told", () => {
  test("never makes a verdict that some truth behind it would contradict", () => {
    fc.assert(
      fc.property(sign, known, (one, truth) => {
        fc.pre(one !== "absent" || truth !== "absent");
        const told = combineSigns(one, "unsure");
        expect(["unknown", combineSigns(one, truth)]).toContain(told);
      }),
    );
  });

  test("accuses no portal by itself", () => {
    for (const one of FAMILY_SIGNS) expect(combineSigns(one, "unsure")).not.toBe("down");
  });
});

test("only runs decide: the same runs give the same state, in either order", () => {
  const runs = fc.record({
    outcome: fc.constantFrom(...OUTCOMES),
    at: fc.integer({ min: NOW - 400_000, max: NOW }),
  });
  const maybe = fc.option(runs);
  fc.assert(
    fc.property(maybe, maybe, (one, other) => {
      expect(stateOf(one, other)).toBe(stateOf(other, one));
    }),
  );
});
