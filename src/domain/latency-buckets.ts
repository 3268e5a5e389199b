/**
 * Eight buckets per doubling, as native Prometheus histograms of schema 3 have: a value is known to within
 * 2^(1/8) − 1 = 9.05 %, and histograms of any spans and portals can be added.
 */
const BUCKETS_PER_DOUBLING = 8;

/** Lower end of the first bounded bucket, in milliseconds: no connection is made faster than this. */
const LOWEST_MS = 0.1;

/** The longest deadline that a probe can have, in milliseconds. */
const HIGHEST_MS = 120_000;

/**
 * Lower bounds of buckets 1, 2, … in milliseconds, ascending; bucket 0 is what lies below the first bound,
 * the last bucket is what reaches the last bound. Six digits, so that every reader has exactly these numbers.
 * Stored histograms refer to buckets by position: never change this list.
 */
export const BUCKET_BOUNDS_MS: readonly number[] = Array.from(
  { length: Math.ceil(Math.log2(HIGHEST_MS / LOWEST_MS) * BUCKETS_PER_DOUBLING) + 1 },
  (_, index) => Number((LOWEST_MS * 2 ** (index / BUCKETS_PER_DOUBLING)).toPrecision(6)),
);

/** Sparse histogram `[bucket, count, bucket, count, …]`, buckets ascending, counts positive. */
export type Histogram = readonly number[];

/** The bucket of a duration in milliseconds: how many bounds it has reached. */
export function bucketOf(ms: number): number {
  let low = 0;
  let high = BUCKET_BOUNDS_MS.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((BUCKET_BOUNDS_MS[middle] ?? Infinity) <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** From (included) and to (excluded) of a bucket in milliseconds; the last one is open to Infinity. */
export function bucketRange(bucket: number): { readonly from: number; readonly to: number } {
  return {
    from: BUCKET_BOUNDS_MS[bucket - 1] ?? 0,
    to: BUCKET_BOUNDS_MS[bucket] ?? Infinity,
  };
}

/** The histogram of these durations in milliseconds. */
export function histogramOf(durations: Iterable<number>): Histogram {
  const counts = new Map<number, number>();
  for (const ms of durations) add(counts, bucketOf(ms), 1);
  return toHistogram(counts);
}

/** The histogram of everything that these histograms counted. */
export function mergeHistograms(histograms: Iterable<Histogram>): Histogram {
  const counts = new Map<number, number>();
  for (const histogram of histograms) {
    for (const [bucket, count] of pairs(histogram)) add(counts, bucket, count);
  }
  return toHistogram(counts);
}

/** How many durations a histogram counted. */
export function histogramCount(histogram: Histogram): number {
  let count = 0;
  for (let place = 1; place < histogram.length; place += 2) count += histogram[place] ?? 0;
  return count;
}

/**
 * The duration in milliseconds that a share of the counted ones (0 to 1) does not exceed, interpolated
 * geometrically within its bucket, so at most 9.05 % off between 0.1 ms and 120 s; null where nothing was counted.
 */
export function percentile(histogram: Histogram, share: number): number | null {
  const total = histogramCount(histogram);
  if (total === 0) return null;
  const rank = Math.min(1, Math.max(0, share)) * total;
  let below = 0;
  // Without pairs: a page of 90 days asks for three thousand percentiles.
  for (let place = 0; place < histogram.length; place += 2) {
    const count = histogram[place + 1] ?? 0;
    if (below + count >= rank) return within(histogram[place] ?? 0, (rank - below) / count);
    below += count;
  }
  return within(histogram.at(-2) ?? 0, 1);
}

function within(bucket: number, fraction: number): number {
  const { from, to } = bucketRange(bucket);
  if (from === 0) return to * fraction;
  if (to === Infinity) return from;
  return Math.min(to, from * (to / from) ** fraction);
}

function pairs(histogram: Histogram): [bucket: number, count: number][] {
  return Array.from({ length: histogram.length / 2 }, (_, index) => [
    histogram[2 * index] ?? 0,
    histogram[2 * index + 1] ?? 0,
  ]);
}

function add(counts: Map<number, number>, bucket: number, count: number): void {
  counts.set(bucket, (counts.get(bucket) ?? 0) + count);
}

function toHistogram(counts: ReadonlyMap<number, number>): Histogram {
  return [...counts].toSorted(([a], [b]) => a - b).flat();
}
