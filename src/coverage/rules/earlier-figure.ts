import type { Day } from "../../domain/calendar.ts";
import type { FigureValue } from "../../domain/coverage/figure.ts";
import type { KeyedFigure } from "./row-view.ts";
import type { RowContext } from "./rule.ts";

/** The last figure of the same series before the row's, from the register or from the file itself. */
export interface EarlierFigure {
  readonly asOf: Day;
  readonly value: FigureValue;
}

/** The file's own earlier quarter is what the register will have, so that of one day it counts more. */
export function earlierFigure(
  { figure, key, spot }: KeyedFigure,
  { file, recorded }: RowContext,
): EarlierFigure | null {
  const before = recorded.before(key);
  const own = file.table.before(spot);
  if (own === null || (before !== null && before.asOf > own.asOf)) {
    return before === null ? null : { asOf: before.asOf, value: before };
  }
  const { statedRatio } = own.value;
  const scaled =
    statedRatio !== null && file.percentages.isRatio(own.sheet, figure.stated.columns.ratio);
  const value = scaled ? { ...own.value, statedRatio: statedRatio * 100 } : own.value;
  return { asOf: own.asOf, value };
}
