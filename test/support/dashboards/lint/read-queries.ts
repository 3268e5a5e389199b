import { type BoardJson, queriesOf } from "../boards.ts";
import { expand } from "../expand.ts";
import { type Expr, parsePromql } from "../promql.ts";

/** A query of a dashboard, read; `error` says why it cannot be. */
export type ReadQuery =
  | { readonly place: string; readonly parsed: Expr }
  | { readonly place: string; readonly error: string };

/** Every query of a dashboard with all of its variables at "all", read as PromQL. */
export function readQueries(board: BoardJson): ReadQuery[] {
  const names = board.templating.list.map(({ name }) => [name, { all: ".+" }] as const);
  const view = {
    choices: Object.fromEntries(names),
    rangeSeconds: 21_600,
    stepSeconds: 60,
    scrapeSeconds: 30,
  };
  return queriesOf(board).map(({ place, expr }) => {
    try {
      return { place, parsed: parsePromql(expand(expr, view)) };
    } catch (error) {
      return { place, error: (error as Error).message };
    }
  });
}
