import { findingsOf } from "./findings-of.ts";
import type { FigureView } from "./figure-view.ts";
import type { TableEntry } from "./figure-table.ts";
import type { Finding } from "./finding.ts";
import type { RowContext, RowRule } from "./rule.ts";
import type { KeyedFigure, RowView } from "./row-view.ts";

/** V11: a figure stands in the file once. Twice the same is told; two different ones are both refused. */
export const v11: RowRule = {
  id: "V11",
  needsPlace: true,
  judge: (view, context) =>
    findingsOf(view.keyed, ({ figure, key, spot }): Finding[] => {
      const repeats = context.file.table.repeats(spot);
      if (repeats === null) return [];
      const { first, differing } = repeats;
      const column = figure.stated.columns.numerator ?? figure.stated.columns.ratio;
      const facts = { indicator: key.indicator, day: key.asOf };
      if (differing === null) {
        if (isAt(first, view)) return [];
        const detail = { code: "same", ...facts, ...placeOf(first) };
        return [{ severity: "warn", column, value: shown(figure), detail }];
      }
      const other = isAt(first, view) ? differing : first;
      const detail = { code: "different", ...facts, ...placeOf(other) };
      return [{ severity: "reject_row", column, value: shown(figure), detail }];
    }),
};

/** Whether an earlier row has the same figure with the same value, so that this one adds nothing. */
export function isRepeated(
  view: RowView,
  { figure, spot }: KeyedFigure,
  { file }: Pick<RowContext, "file">,
): boolean {
  const first = file.table.first(spot);
  return first !== null && !(isAt(first, view) && firstInRow(view, figure));
}

/** A row can have an indicator in two columns. */
function firstInRow({ figures }: RowView, figure: FigureView): boolean {
  const same = figures.find(
    ({ stated, value, basis }) =>
      value !== null &&
      stated.indicator === figure.stated.indicator &&
      stated.operator === figure.stated.operator &&
      basis === figure.basis,
  );
  return same === figure;
}

function isAt({ sheet, row }: TableEntry, view: RowView): boolean {
  return sheet === view.row.sheet && row === view.row.number;
}

function placeOf({ sheet, row }: TableEntry) {
  return { other_sheet: sheet, other_row: row };
}

function shown({ stated }: FigureView): number | null {
  return stated.numerator ?? stated.statedRatio;
}
