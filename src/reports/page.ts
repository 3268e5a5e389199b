/** From where and when one looks: whose results count, what is fresh. */
export interface Viewpoint {
  /** Name of the vantage point whose results are shown. */
  readonly vantage: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Milliseconds between two scheduled runs. */
  readonly intervalMs: number;
}

/** Some rows of a list and, when there are more, where the next ones begin. */
export interface Page<Row, Position> {
  readonly rows: readonly Row[];
  /** The place of the last row, to be given back as `after`; null at the end of the list. */
  readonly next: Position | null;
}

/** How much of a list is wanted; `after` is null at its beginning. */
export interface PageRequest<Position> {
  readonly limit: number;
  readonly after: Position | null;
}

/** Cuts rows that were asked for with `limit + 1` into a page. */
export function toPage<Row, Position>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => Position,
): Page<Row, Position> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? positionOf(last) : null };
}
