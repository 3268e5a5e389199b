import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GRADE_SCALE, LEVEL_SCALE } from "../../src/domain/level-scale.ts";
import { HTTPS_GRADES, READINESS_LEVELS, type ReadinessLevel } from "../../src/domain/readiness.ts";
import {
  advance,
  CONFIRMING_TRIES,
  isFlapping,
  NO_TRACK,
  type Reading,
  STALE_AFTER_MS,
  type Track,
} from "../../src/domain/standing.ts";

type Level = ReadinessLevel;
const HOUR_MS = 3_600_000;
/** Four audits a day. */
const ROUND_MS = 6 * HOUR_MS;

/** One audit: `L3`, or what it proves and what it leaves possible. */
type Told = Level | readonly [Level, Level];

/** The track after audits six hours apart, each with as many failed tries for what it lowers. */
function after(told: readonly Told[], failedTries = CONFIRMING_TRIES): Track<Level> {
  let track: Track<Level> = NO_TRACK;
  told.forEach((one, index) => {
    const [proven, possible] = typeof one === "string" ? [one, one] : one;
    const reading = { proven, possible, failedTries, at: (index + 1) * ROUND_MS };
    track = advance(track, reading, LEVEL_SCALE);
  });
  return track;
}
const UNTOLD = ["U", "L5"] as const;

describe("the standing of a portal", () => {
  test.each<[string, readonly Told[], Level | null]>([
    ["no audit says nothing", [], null],
    ["the first audit that can tell is believed at once", ["L3"], "L3"],
    ["an audit that can tell nothing is no value", [UNTOLD], "U"],
    ["the first that can tell ends that at once", [UNTOLD, UNTOLD, "L3"], "L3"],
    ["one audit to the worse is not believed", ["L3", "L1"], "L3"],
    ["two in a row to the worse are", ["L3", "L1", "L1"], "L1"],
    ["one audit to the better is not believed", ["L3", "L4"], "L3"],
    ["two in a row to the better are", ["L3", "L4", "L4"], "L4"],
    ["an audit that agrees again starts the count anew", ["L3", "L1", "L3", "L1"], "L3"],
    ["audits that can't tell keep the value", ["L3", UNTOLD, UNTOLD, UNTOLD], "L3"],
    ["and do not break a row", ["L3", "L1", UNTOLD, "L1"], "L1"],
    ["two to the worse that differ give the better of both", ["L5", "L1", "L3"], "L3"],
    ["in either order", ["L5", "L3", "L1"], "L3"],
    ["two to the better that differ give the worse of both", ["L1", "L5", "L3"], "L3"],
    ["a turn of direction starts the count anew", ["L3", "L1", "L5"], "L3"],
    ["LX is worse than L0", ["L0", "LX", "LX"], "LX"],
    ["what is proven is confirmed though more is possible", ["L3", ["L3", "L5"]], "L3"],
    ["a value above what is possible falls to what is", ["L5", ["L1", "L3"], ["L1", "L3"]], "L3"],
  ])("%s", (_, told, value) => {
    expect(after(told).value).toBe(value);
  });

  test("falls only with three failed tries, however many audits that takes", () => {
    expect(after(["L3", "L1", "L1"], 1).value).toBe("L3");
    expect(after(["L3", "L1", "L1", "L1"], 1).value).toBe("L1");
    expect(after(["L3", "L1", "L1", "L1"], 0).value).toBe("L3");
    expect(after(["L3", "L4", "L4"], 0).value).toBe("L4");
  });

  test("begins when the first audit saw it, not when it was believed", () => {
    const track = after(["L3", "L1", "L1", "L1"]);
    expect(track).toMatchObject({ since: 2 * ROUND_MS, confirmedAt: 4 * ROUND_MS, pending: null });
    expect(track.changes).toEqual([3 * ROUND_MS]);
  });

  test("is given up for what is proven when nothing confirmed it for a week", () => {
    const rounds = STALE_AFTER_MS / ROUND_MS;
    const untold = Array.from({ length: rounds }, (): Told => UNTOLD);
    expect(after(["L4", ...untold]).value).toBe("L4");
    expect(after(["L4", ...untold, UNTOLD]).value).toBe("U");
    const partly = Array.from({ length: rounds + 1 }, (): Told => ["L2", "L5"]);
    expect(after(["L4", ...partly]).value).toBe("L2");
  });

  test("does not grow stale where each audit proves it and leaves better open", () => {
    const always = Array.from({ length: 200 }, (): Told => ["L4", "L5"]);
    expect(after(always)).toMatchObject({ value: "L4", changes: [] });
  });

  test("flaps after three confirmed changes within two weeks", () => {
    const swing: Told[] = ["L3", "L1", "L1", "L3", "L3", "L1", "L1"];
    const track = after(swing);
    expect(track.changes).toHaveLength(3);
    expect(isFlapping(track, track.confirmedAt)).toBe(true);
    expect(isFlapping(track, track.confirmedAt + 15 * 24 * HOUR_MS)).toBe(false);
    expect(isFlapping(after(swing.slice(0, 5)), 5 * ROUND_MS)).toBe(false);
  });

  test("holds for grades as for levels", () => {
    const told = ["A", "D", "D"] as const;
    let track: Track<(typeof HTTPS_GRADES)[number]> = NO_TRACK;
    told.forEach((proven, index) => {
      const reading = { proven, possible: proven, failedTries: 3, at: (index + 1) * ROUND_MS };
      track = advance(track, reading, GRADE_SCALE);
    });
    expect(track.value).toBe("D");
    expect(GRADE_SCALE.rank("A")).toBeGreaterThan(GRADE_SCALE.rank("E"));
  });
});

const known = fc.constantFrom(...READINESS_LEVELS.filter((one) => one !== "U"));
const anyReading = fc
  .record({
    a: fc.constantFrom(...READINESS_LEVELS),
    b: known,
    failedTries: fc.nat({ max: 3 }),
  })
  .map(({ a, b, failedTries }): Omit<Reading<Level>, "at"> => {
    const [proven = a, possible = b] = [a, b].toSorted(
      (x, y) => LEVEL_SCALE.rank(x) - LEVEL_SCALE.rank(y),
    );
    return { proven, possible, failedTries };
  });

describe("whatever audits say", () => {
  test("no single audit changes a value that the audit before confirmed", () => {
    fc.assert(
      fc.property(
        fc.array(anyReading, { maxLength: 20 }),
        known,
        anyReading,
        (past, value, last) => {
          let at = 0;
          let track: Track<Level> = NO_TRACK;
          const sure = { proven: value, possible: value, failedTries: 0 };
          for (const one of past)
            track = advance(track, { ...one, at: (at += ROUND_MS) }, LEVEL_SCALE);
          for (let round = 0; round < 3; round += 1) {
            const reading = { ...sure, failedTries: 3, at: (at += ROUND_MS) };
            track = advance(track, reading, LEVEL_SCALE);
          }
          expect(track.value).toBe(value);
          const next = advance(track, { ...last, at: at + ROUND_MS }, LEVEL_SCALE);
          expect(next.value).toBe(value);
        },
      ),
    );
  });

  test("a value outside of what every audit allows does not outlive three of them with tries", () => {
    fc.assert(
      fc.property(
        known,
        fc.array(anyReading, { minLength: 2, maxLength: 6 }),
        (value, readings) => {
          const { rank } = LEVEL_SCALE;
          const worse = readings.every(({ possible }) => rank(possible) < rank(value));
          const better = readings.every(({ proven }) => rank(proven) > rank(value));
          fc.pre(worse || better);
          let track = advance(
            NO_TRACK as Track<Level>,
            { proven: value, possible: value, failedTries: 0, at: ROUND_MS },
            LEVEL_SCALE,
          );
          readings.forEach((one, index) => {
            const reading = { ...one, failedTries: 3, at: (index + 2) * ROUND_MS };
            track = advance(track, reading, LEVEL_SCALE);
          });
          expect(track.value).not.toBe(value);
        },
      ),
    );
  });

  test("the instants stay in order and the list of changes short", () => {
    fc.assert(
      fc.property(fc.array(anyReading, { maxLength: 60 }), (readings) => {
        let track: Track<Level> = NO_TRACK;
        readings.forEach((one, index) => {
          const at = (index + 1) * ROUND_MS;
          track = advance(track, { ...one, at }, LEVEL_SCALE);
          expect(track.since).toBeLessThanOrEqual(track.confirmedAt);
          expect(track.confirmedAt).toBeLessThanOrEqual(at);
          expect(track.changes.length).toBeLessThanOrEqual(10);
        });
      }),
    );
  });
});
