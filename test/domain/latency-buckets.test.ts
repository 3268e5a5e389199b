import fc from "fast-check";
import { expect, test } from "vitest";
import {
  BUCKET_BOUNDS_MS,
  bucketOf,
  bucketRange,
  histogramCount,
  histogramOf,
  mergeHistograms,
  percentile,
} from "../../src/domain/latency-buckets.ts";

const duration = fc.double({ min: 0, max: 150_000, noNaN: true });
const measurable = fc.double({ min: 0.1, max: 120_000, noNaN: true });

test("bounds ascend from 0.1 ms past 120 s, each less than 9.06 % above the one before", () => {
  expect(BUCKET_BOUNDS_MS[0]).toBe(0.1);
  expect(BUCKET_BOUNDS_MS.at(-1)).toBeGreaterThan(120_000);
  const ratios = BUCKET_BOUNDS_MS.slice(1).map((bound, i) => bound / (BUCKET_BOUNDS_MS[i] ?? 1));
  expect(Math.min(...ratios)).toBeGreaterThan(1.0904);
  expect(Math.max(...ratios)).toBeLessThan(1.0906);
});

test("a duration lies in the range of its bucket", () => {
  fc.assert(
    fc.property(duration, (ms) => {
      const { from, to } = bucketRange(bucketOf(ms));
      expect(from <= ms && ms < to).toBe(true);
    }),
  );
});

test("a longer duration is never in a lower bucket", () => {
  fc.assert(
    fc.property(duration, duration, (a, b) => {
      expect(bucketOf(Math.max(a, b))).toBeGreaterThanOrEqual(bucketOf(Math.min(a, b)));
    }),
  );
});

test("a bound belongs to the bucket above it", () => {
  expect(BUCKET_BOUNDS_MS.map(bucketOf)).toEqual(BUCKET_BOUNDS_MS.map((_, i) => i + 1));
  expect(bucketOf(0)).toBe(0);
  expect(bucketOf(Infinity)).toBe(BUCKET_BOUNDS_MS.length);
});

test("merging histograms of parts gives the histogram of the whole, in any order", () => {
  fc.assert(
    fc.property(fc.array(fc.array(duration)), (parts) => {
      const merged = mergeHistograms(parts.map(histogramOf));
      expect(merged).toEqual(histogramOf(parts.flat()));
      expect(mergeHistograms(parts.toReversed().map(histogramOf))).toEqual(merged);
      expect(histogramCount(merged)).toBe(parts.flat().length);
    }),
  );
});

test("a percentile is at most 9.06 % from the exact one", () => {
  fc.assert(
    fc.property(
      fc.array(measurable, { minLength: 1, maxLength: 200 }),
      fc.double({ min: 0.001, max: 1, noNaN: true }),
      (durations, share) => {
        const exact = durations.toSorted((a, b) => a - b)[
          Math.max(0, Math.ceil(share * durations.length) - 1)
        ] as number;
        const told = percentile(histogramOf(durations), share) as number;
        expect(Math.abs(told - exact) / exact).toBeLessThan(0.0906);
      },
    ),
  );
});

test("percentiles rise with the share", () => {
  fc.assert(
    fc.property(
      fc.array(duration, { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (durations, a, b) => {
        const histogram = histogramOf(durations);
        const low = percentile(histogram, Math.min(a, b)) as number;
        expect(percentile(histogram, Math.max(a, b))).toBeGreaterThanOrEqual(low);
      },
    ),
  );
});

test("nothing counted has no percentile", () => {
  expect(percentile([], 0.5)).toBeNull();
});
