/** What a measurement is to come to; several together must all hold. */
export interface Goal {
  readonly atMost?: number;
  readonly atLeast?: number;
  /** Ours over the peer's. */
  readonly ratioAtMost?: number;
  readonly ratioAtLeast?: number;
}

/** One line of the table: what was measured in each round, ours and, in the same rounds, somebody else's. */
export interface Row {
  readonly what: string;
  /** As `ms`, `MB`, `rows/s`; empty for a plain number. */
  readonly unit: string;
  readonly values: readonly number[];
  readonly peer?: { readonly name: string; readonly values: readonly number[] };
  readonly goal?: Goal;
  /** What one must know to read it. */
  readonly note?: string;
}

/** What one section found; `missing` says why it, or a part of it, was not measured. */
export interface SectionReport {
  readonly section: string;
  /** What was measured on: sizes, versions of peers. */
  readonly facts: Readonly<Record<string, string | number>>;
  readonly rows: readonly Row[];
  readonly missing?: readonly string[];
}

/** The middle of some values; of an even number the mean of both in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const below = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return (below + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

/** The smallest and the largest. */
export function spread(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

/**
 * How many times the peer's ours is: the middle of the ratios of each round, because what disturbs a round disturbs both.
 * Null without a peer.
 */
export function ratioOf({ values, peer }: Row): number | null {
  if (peer === undefined || peer.values.length === 0 || values.length === 0) return null;
  if (peer.values.length !== values.length) return median(values) / median(peer.values);
  return median(values.map((value, round) => value / (peer.values[round] ?? Number.NaN)));
}

/** Whether a row reaches its goal; null where there is none, or nothing was measured. */
export function isMet(row: Row): boolean | null {
  const { goal } = row;
  if (goal === undefined || row.values.length === 0) return null;
  const [value, ratio] = [median(row.values), ratioOf(row)];
  const bounds: [number | undefined, (limit: number) => boolean | null][] = [
    [goal.atMost, (limit) => value <= limit],
    [goal.atLeast, (limit) => value >= limit],
    [goal.ratioAtMost, (limit) => (ratio === null ? null : ratio <= limit)],
    [goal.ratioAtLeast, (limit) => (ratio === null ? null : ratio >= limit)],
  ];
  const found = bounds.flatMap(([limit, holds]) => (limit === undefined ? [] : [holds(limit)]));
  if (found.includes(false)) return false;
  return found.length === 0 || found.includes(null) ? null : true;
}
