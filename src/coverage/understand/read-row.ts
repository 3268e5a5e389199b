import type { RawValue, UnderstoodRow } from "../contract.ts";
import type { CompleteRow } from "./carried-cells.ts";
import { tellProblem } from "./cell-number.ts";
import { isValueRole } from "./column-role.ts";
import type { Context } from "./context.ts";
import { type FigureRow, longFigure, rowDenominators, wideFigures } from "./row-figures.ts";
import { rowAsOf } from "./row-as-of.ts";
import { rowPlace } from "./row-place.ts";
import { rowTerms } from "./row-terms.ts";
import { RowTeller } from "./row-teller.ts";
import type { SheetLayout } from "./sheet-layout.ts";
import type { SheetSurvey } from "./sheet-survey.ts";

/** Turns one row of a table into what it states. */
export function readRow(row: CompleteRow, survey: SheetSurvey, context: Context): UnderstoodRow {
  const { layout, numbers } = survey;
  const { cells, number } = row;
  const teller = new RowTeller(layout.sheet, number);
  tellBroken(layout, cells, teller);
  tellShared(row, layout, teller);
  const place = rowPlace(layout, cells, context.register, teller);
  const asOf = rowAsOf(layout, cells, context.settings, teller);
  const figureRow: FigureRow = {
    layout,
    cells,
    level: place.level,
    numbers,
    indicator: context.indicator,
    terms: rowTerms(layout, cells, context, teller),
    teller,
  };
  const denominators = rowDenominators(figureRow);
  const figures = layout.long
    ? longFigure(figureRow, denominators)
    : wideFigures(figureRow, denominators);
  return {
    sheet: layout.sheet,
    number,
    place,
    asOf,
    figures,
    denominators: { ...denominators, ...denominatorOfFigure(figureRow, figures) },
    faults: teller.faults,
  };
}

/** The denominator in a column of its own is one of its indicator's kind. */
function denominatorOfFigure(
  { layout, level, indicator }: FigureRow,
  [figure]: UnderstoodRow["figures"],
): Readonly<Record<string, number>> {
  if (!figure || figure.denominator === null || layout.of("denominator") === undefined) return {};
  const known = indicator(figure.indicator);
  const kind = known?.denominatorKind ?? null;
  return kind === null || known?.unitCounted === level ? {} : { [kind]: figure.denominator };
}

/** Counts that are merged over several rows: whose they are is not said. */
function tellShared({ shared = [], cells }: CompleteRow, layout: SheetLayout, teller: RowTeller) {
  for (const index of shared) {
    const column = layout.columns.find((each) => each.index === index);
    teller.tell(column, cells[index] ?? null, "V18", "reject_row", { code: "merged_count" });
  }
}

/** Formulas without a result and spreadsheet errors where a row says what it is of; numbers tell their own. */
function tellBroken(layout: SheetLayout, cells: readonly RawValue[], teller: RowTeller): void {
  for (const column of layout.columns) {
    const value = cells[column.index] ?? null;
    if (typeof value !== "object" || value === null || !("problem" in value)) continue;
    if (column.role !== "ignored" && !isValueRole(column.role)) tellProblem(column, value, teller);
  }
}
