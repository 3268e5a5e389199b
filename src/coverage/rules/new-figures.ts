import { sameValue } from "../../domain/coverage/figure.ts";
import type { KeyedFigure, RowView } from "./row-view.ts";
import type { RowContext } from "./rule.ts";

/** Figures that are new: what is recorded and equal was taken before, and is not doubted again. */
export function newFigures(
  view: RowView,
  { recorded }: Pick<RowContext, "recorded">,
): readonly KeyedFigure[] {
  return view.keyed.filter(({ key, value }) => {
    const current = recorded.current(key);
    return current === null || !sameValue(current, value);
  });
}
