import type { Page, PageRequest } from "../../reports/page.ts";

/**
 * Pages of a list that is worked out as a whole, once for all pages of one request; `keyOf` names a row and is its
 * position. A page after a row that is gone begins at the front.
 */
export function pagesOf<Row>(
  work: () => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
): (page: PageRequest<readonly [string]>) => Promise<Page<Row, readonly [string]>> {
  let rows: Promise<readonly Row[]> | null = null;
  return async ({ limit, after }) => {
    rows ??= work();
    const all = await rows;
    const start = after === null ? 0 : all.findIndex((row) => keyOf(row) === after[0]) + 1;
    const shown = all.slice(start, start + limit);
    const last = shown.at(-1);
    const more = start + limit < all.length && last !== undefined;
    return { rows: shown, next: more ? [keyOf(last)] : null };
  };
}
