import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isDoubtful,
  lookAtPart,
  type PartReading,
  type PartTrack,
} from "../../../src/domain/incident/vantage-health.ts";

const POLICY = { openAfterMs: 60_000, closeAfterMs: 60_000 };
const reading = (state: "well" | "ill" | "unknown", at: number): PartReading =>
  state === "ill" ? { state, since: at } : { state };

/** Looks one after the other, so many seconds apart. */
function look(states: readonly ("well" | "ill" | "unknown")[], apart = 10) {
  let track: PartTrack | null = null;
  const changes: string[] = [];
  for (const [index, state] of states.entries()) {
    const now = (index + 1) * apart * 1000;
    const step = lookAtPart(track, reading(state, now), now, POLICY);
    track = step.track;
    if (step.change) changes.push(`${step.change} @${now / 1000}`);
  }
  return { track, changes };
}

type State = "well" | "ill" | "unknown";
const repeat = (value: State, times: number): State[] => Array.from({ length: times }, () => value);

test("what was never well does not fall ill", () => {
  expect(look(repeat("ill", 100))).toEqual({ track: null, changes: [] });
});

test("a minute of illness opens, a minute of health closes, less of either does nothing", () => {
  const states = ["well", ...repeat("ill", 10), ...repeat("well", 10)] as const;
  expect(look(states).changes).toEqual(["open @80", "close @180"]);
  expect(look(["well", ...repeat("ill", 6), "well", ...repeat("ill", 6)]).changes).toEqual([]);
});

test("a suspicion from before a long silence begins anew", () => {
  expect(look(["well", "ill", "ill"], 300).changes).toEqual([]);
});

test("openings and closings take turns, and what can't be told changes nothing", () => {
  const states = fc.array(fc.constantFrom("well", "ill", "unknown" as const), { maxLength: 200 });
  fc.assert(
    fc.property(states, (given) => {
      const { changes } = look(given);
      for (const [index, change] of changes.entries()) {
        expect(change.startsWith(index % 2 === 0 ? "open" : "close")).toBe(true);
      }
      expect(look(repeat("unknown", 50)).track).toBe(null);
    }),
  );
});

test("what opened while a place was ill is doubted until it fails after the place is well again", () => {
  const ill = {
    phase: "down",
    since: 100,
    seenAt: 100,
    illSince: 100_000,
    wellAgainAt: null,
  } as const;
  const seen = (openedAt: number, lastBadAt: number) => ({
    openedAt,
    confirmedAt: openedAt + 40_000,
    lastBadAt,
  });
  expect(isDoubtful(ill, seen(90_000, 95_000))).toBe(true);
  // The gate was closed long before: this was seen by others, or after.
  expect(isDoubtful(ill, seen(500_000, 500_000))).toBe(false);
  expect(isDoubtful(ill, seen(500_000, 500_000), 600_000)).toBe(true);
  const well = { ...ill, phase: "up", illSince: null, wellAgainAt: 300_000 } as const;
  expect(isDoubtful(well, seen(90_000, 200_000))).toBe(true);
  expect(isDoubtful(well, seen(90_000, 310_000))).toBe(false);
});

test("what was confirmed well before a place fell ill is not doubted", () => {
  const ill = {
    phase: "down",
    since: 700_000,
    seenAt: 700_000,
    illSince: 600_000,
    wellAgainAt: null,
  } as const;
  const confirmed = (confirmedAt: number) => ({
    openedAt: 400_000,
    confirmedAt,
    lastBadAt: 590_000,
  });
  expect(isDoubtful(ill, confirmed(500_000))).toBe(false);
  expect(isDoubtful(ill, confirmed(560_000))).toBe(true);
});
