import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GIVE_UP_AFTER_MS, nextTry, tokensLeft } from "../../../src/domain/incident/delivery.ts";

const failed = { attempts: 1, createdAt: 0, now: 0, retryAfterMs: null, random: 0.5 };

describe("the next try", () => {
  test("comes after pauses that double from 10 s to an hour, for a day", () => {
    const pauses: number[] = [];
    let now = 0;
    for (let attempts = 1; ; attempts += 1) {
      const next = nextTry({ ...failed, attempts, now });
      if (next === null) break;
      pauses.push((next - now) / 1000);
      now = next;
    }
    expect(pauses.slice(0, 11)).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
    expect(now).toBe(GIVE_UP_AFTER_MS);
  });

  test("never comes before the receiver allows it, and never later than a day after it was due", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 0, max: GIVE_UP_AFTER_MS - 1 }),
        fc.option(fc.integer({ min: 0, max: 10 * GIVE_UP_AFTER_MS })),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, now, retryAfterMs, random) => {
          const next = nextTry({ attempts, createdAt: 0, now, retryAfterMs, random }) ?? NaN;
          expect(next).toBeGreaterThan(now);
          expect(next).toBeLessThanOrEqual(GIVE_UP_AFTER_MS);
          const wanted = Math.min(GIVE_UP_AFTER_MS, now + (retryAfterMs ?? 0));
          expect(next).toBeGreaterThanOrEqual(wanted);
        },
      ),
    );
  });
});

describe("a channel's rate", () => {
  const rate = { per_minute: 6, burst: 3 };

  test("allows a burst, then one each time that a token has come", () => {
    expect(tokensLeft(rate, [], 0)).toBe(3);
    expect(tokensLeft(rate, [0, 0, 0], 0)).toBe(0);
    expect(tokensLeft(rate, [0, 0, 0], 9_999)).toBe(0);
    expect(tokensLeft(rate, [0, 0, 0], 10_000)).toBe(1);
    expect(tokensLeft(rate, [0, 0, 0], 1_000_000)).toBe(3);
  });

  test("is never exceeded, however greedy the sender", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 8_000 }), { maxLength: 60 }), (steps) => {
        const sent: number[] = [];
        let now = 0;
        for (const step of steps) {
          now += step;
          const left = tokensLeft(rate, sent, now);
          expect(left).toBeLessThanOrEqual(rate.burst);
          sent.push(...Array<number>(left).fill(now));
        }
        for (const [first, from] of sent.entries()) {
          const within = sent.slice(first).filter((at) => at - from <= 60_000).length;
          expect(within).toBeLessThanOrEqual(rate.burst + rate.per_minute);
        }
      }),
    );
  });

  test("does not stop for good where the clock went back", () => {
    expect(tokensLeft(rate, [1_000_000, 1_000_000, 1_000_000], 0)).toBe(0);
    expect(tokensLeft(rate, [1_000_000, 1_000_000], 0)).toBe(1);
  });
});
