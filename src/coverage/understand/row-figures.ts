import type { FigureStatus } from "../../domain/coverage/figure.ts";
import { REPORTED_DENOMINATOR } from "../../domain/coverage/figure.ts";
import type { Indicator } from "../../domain/coverage/indicator.ts";
import type { RawValue, StatedFigure, StatedPlace } from "../contract.ts";
import type { RoledColumn } from "./assign-roles.ts";
import { type CellNumber, cellNumber, cellYesNo } from "./cell-number.ts";
import { type ColumnRole, denominatorRole, numeratorRole, ratioRole } from "./column-role.ts";
import type { ColumnNumbers } from "./column-tally.ts";
import { statedOf, type StatedTerms } from "./row-terms.ts";
import type { RowTeller } from "./row-teller.ts";
import { cellOf, type SheetLayout } from "./sheet-layout.ts";

/** A row with what its figures are read by. */
export interface FigureRow {
  readonly layout: SheetLayout;
  readonly cells: readonly RawValue[];
  readonly level: StatedPlace["level"];
  readonly numbers: (column: RoledColumn) => ColumnNumbers;
  /** Any version of an indicator: what is counted is the same in all. */
  readonly indicator: (code: string) => Indicator | undefined;
  readonly terms: StatedTerms;
  readonly teller: RowTeller;
}

const BLANK: CellNumber = { kind: "blank" };

/** The denominators that a row has, by kind. */
export function rowDenominators(row: FigureRow): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const kind of row.layout.denominatorKinds) {
    const said = numberOf(row, denominatorRole(kind), "count");
    if (said.kind === "number") found[kind] = said.value;
  }
  return found;
}

/** The figures of a row that has a column per indicator. */
export function wideFigures(
  row: FigureRow,
  denominators: Readonly<Record<string, number>>,
): readonly StatedFigure[] {
  return row.layout.indicators.flatMap((code) =>
    figureOf(row, code, { numerator: numeratorRole(code), ratio: ratioRole(code) }, denominators),
  );
}

/** The one figure of a row that names its indicator in a column of its own. */
export function longFigure(
  row: FigureRow,
  denominators: Readonly<Record<string, number>>,
): readonly StatedFigure[] {
  const { indicator } = row.terms;
  if (indicator === null) return [];
  const { code, percentage } = indicator;
  // Of an indicator named as a percentage, the value is one too.
  const value = row.layout.of("ratio") === undefined ? "numerator" : "ratio";
  const roles = percentage
    ? ({ numerator: null, ratio: value } as const)
    : ({ numerator: "numerator", ratio: "ratio" } as const);
  return figureOf(row, code, roles, denominators);
}

interface FigureRoles {
  readonly numerator: ColumnRole | null;
  readonly ratio: ColumnRole;
}

function figureOf(
  row: FigureRow,
  code: string,
  roles: FigureRoles,
  denominators: Readonly<Record<string, number>>,
): readonly StatedFigure[] {
  const known = row.indicator(code);
  const single = known?.unitCounted === row.level;
  const counted =
    roles.numerator === null ? BLANK : numberOf(row, roles.numerator, "count", single);
  const ratio = numberOf(row, roles.ratio, "percent");
  if (counted.kind === "bad" || ratio.kind === "bad") return [];
  const status = statusFrom(row, counted, ratio);
  if (status === null) return [];
  const present = status === "present";
  const numerator = present && counted.kind === "number" ? counted.value : null;
  const kind = known?.denominatorKind ?? null;
  const denominator = numerator === null ? null : denominatorOf(row, kind, single, denominators);
  return [
    {
      ...statedOf(row.terms, code),
      status,
      numerator,
      denominator: denominator?.value ?? null,
      denominatorSource: denominator?.source ?? null,
      statedRatio: present && ratio.kind === "number" ? asRatio(ratio.value) : null,
      ratioDecimals: ratio.kind === "number" ? ratio.decimals : 0,
      ...(ratio.kind === "number" && ratio.percentSign === true ? { percentSign: true } : {}),
      columns: {
        numerator: headerOf(row, roles.numerator),
        denominator:
          headerOf(row, "denominator") ??
          (kind === null ? null : headerOf(row, denominatorRole(kind))),
        ratio: headerOf(row, roles.ratio),
      },
    },
  ];
}

/** Why there is no number, or `present`; null where the row says nothing of it. */
function statusFrom(row: FigureRow, counted: CellNumber, ratio: CellNumber): FigureStatus | null {
  const { status: stated } = row.terms;
  const anyNumber = counted.kind === "number" || ratio.kind === "number";
  if (anyNumber) {
    if (stated === null || stated === "present") return "present";
    const column = row.layout.of("status");
    const value = cellOf(row.layout, row.cells, "status");
    row.teller.tell(column, value, "V14", "reject_row", {
      code: "status_with_number",
      status: stated,
    });
    return null;
  }
  if (stated !== null && stated !== "present") return stated;
  if (counted.kind === "status") return counted.status;
  return ratio.kind === "status" ? ratio.status : null;
}

function denominatorOf(
  row: FigureRow,
  kind: string | null,
  single: boolean,
  denominators: Readonly<Record<string, number>>,
): { readonly value: number; readonly source: string } | null {
  const own = numberOf(row, "denominator", "count");
  const source = row.terms.denominatorSource ?? REPORTED_DENOMINATOR;
  if (own.kind === "number" && kind !== null) return { value: own.value, source };
  if (single) return { value: 1, source: REPORTED_DENOMINATOR };
  const value = kind === null ? undefined : denominators[kind];
  return value === undefined ? null : { value, source };
}

function numberOf(
  { layout, cells, numbers, teller }: FigureRow,
  role: ColumnRole,
  wanted: "count" | "percent",
  yesNo = false,
): CellNumber {
  const column = layout.of(role);
  if (column === undefined) return BLANK;
  const cell = { value: cells[column.index] ?? null, column, numbers: numbers(column), wanted };
  return yesNo ? cellYesNo(cell, teller) : cellNumber(cell, teller);
}

function headerOf({ layout }: FigureRow, role: ColumnRole | null): string | null {
  return role === null ? null : (layout.of(role)?.header ?? null);
}

/** A percentage as a ratio, without the noise of dividing. */
function asRatio(percentage: number): number {
  return Number((percentage / 100).toPrecision(15));
}
