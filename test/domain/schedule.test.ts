import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FAMILIES, type Family } from "../../src/domain/family.ts";
import { nextSlot, phaseOf, shareOf, slotsBetween, stableHash } from "../../src/domain/schedule.ts";

const interval = fc.integer({ min: 1000, max: 86_400_000 });
const instant = fc.integer({ min: 0, max: 4_000_000_000_000 });
const family = fc.constantFrom(...FAMILIES);

/** Slugs as they are: similar, numbered, with common beginnings and ends. */
const slugs = Array.from({ length: 10_000 }, (_, index) => `portal-${index}-gov-vn`);

/** Pearson's statistic of how unevenly the values fall into so many cells of equal size. */
function chiSquare(values: readonly number[], cells: number, range: number): number {
  const counts = Array.from({ length: cells }, () => 0);
  for (const value of values) {
    const cell = Math.floor((value * cells) / range);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  const expected = values.length / cells;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** The same of the phases of these portals, by the second of a minute. */
function spread(slugs: readonly string[], family: Family): number {
  const phases = slugs.map((slug) => phaseOf(slug, family, 60_000));
  return chiSquare(phases, 60, 60_000);
}

describe("phaseOf", () => {
  test("spreads portals evenly over the interval, in every family and in every thread's share", () => {
    // The 0.999 quantile of chi-square with 59 degrees of freedom.
    const limit = 98.3;
    for (const family of FAMILIES) {
      expect(spread(slugs, family)).toBeLessThan(limit);
      for (const share of [0, 1, 2]) {
        const mine = slugs.filter((slug) => shareOf(slug, 3) === share);
        expect(spread(mine, family)).toBeLessThan(limit);
      }
    }
  });

  test("keeps the two families of one portal half an interval apart", () => {
    fc.assert(
      fc.property(fc.string(), interval, (slug, interval) => {
        const distance = Math.abs(phaseOf(slug, "ip4", interval) - phaseOf(slug, "ip6", interval));
        expect(Math.abs(distance - interval / 2)).toBeLessThanOrEqual(0.5);
      }),
    );
  });

  test("lies inside the interval and is a whole millisecond", () => {
    fc.assert(
      fc.property(fc.string(), family, interval, (slug, family, interval) => {
        const phase = phaseOf(slug, family, interval);
        expect(Number.isInteger(phase)).toBe(true);
        expect(phase).toBeGreaterThanOrEqual(0);
        expect(phase).toBeLessThan(interval);
      }),
    );
  });

  test("is the same after every restart and in every version", () => {
    // Worked out by another program: a new phase would tear a hole into every portal's history.
    expect(stableHash("")).toBe(2_872_998_923);
    expect(stableHash("dichvucong-gov-vn")).toBe(2_569_562_197);
    expect(phaseOf("dichvucong-gov-vn", "ip4", 60_000)).toBe(2_197);
    expect(phaseOf("dichvucong-gov-vn", "ip6", 60_000)).toBe(32_197);
  });
});

describe("shareOf", () => {
  test("gives every thread about as many portals", () => {
    // The 0.999 quantile of chi-square with 7 degrees of freedom.
    const shares = slugs.map((slug) => shareOf(slug, 8));
    expect(chiSquare(shares, 8, 8)).toBeLessThan(24.3);
  });
});

describe("slots", () => {
  test("the next slot is the first instant of its phase that is not past", () => {
    fc.assert(
      fc.property(fc.string(), family, interval, instant, (slug, family, interval, now) => {
        const phase = phaseOf(slug, family, interval);
        const slot = nextSlot(phase, interval, now);
        expect(slot % interval).toBe(phase);
        expect(slot).toBeGreaterThanOrEqual(now);
        expect(slot - interval).toBeLessThan(now);
      }),
    );
  });

  test("are the same ones however a span is cut", () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 500_000 }), { maxLength: 10 });
    fc.assert(
      fc.property(fc.nat(59_999), instant, lengths, (phase, from, lengths) => {
        let at = from;
        const cut = lengths.flatMap((length) => {
          const slots = slotsBetween(phase, 60_000, at, at + length);
          at += length;
          return slots;
        });
        expect(cut).toEqual(slotsBetween(phase, 60_000, from, at));
      }),
    );
  });

  test("of a span are one per interval", () => {
    fc.assert(
      fc.property(fc.nat(59_999), instant, fc.nat(100), (phase, from, count) => {
        expect(slotsBetween(phase, 60_000, from, from + count * 60_000)).toHaveLength(count);
      }),
    );
  });
});
