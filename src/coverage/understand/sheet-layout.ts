import type { Day } from "../../domain/calendar.ts";
import type { RawRow, RawValue } from "../contract.ts";
import type { RoledColumn } from "./assign-roles.ts";
import { type ColumnRole, isValueRole, roleOf } from "./column-role.ts";
import { isBlank } from "./fault.ts";
import { headerText } from "./header-columns.ts";

/** What a sheet's name, the lines above its table and its headers say of all its rows. */
export interface SheetTitle {
  readonly days: readonly Day[];
  /** The end of the year that they name where they name nothing more exact. */
  readonly year: Day | null;
  /** The bare name of the one province that they name, or null. */
  readonly province: string | null;
}

/** How the rows of one sheet are to be read. */
export interface SheetLayout extends SheetTitle {
  readonly sheet: string | null;
  readonly columns: readonly RoledColumn[];
  /** A row per figure, with the indicator in a column of its own; else a row per unit. */
  readonly long: boolean;
  /** The lowest level that its columns name. */
  readonly level: "commune" | "province" | "country";
  /** Texts of each column's header, for header rows that come again. */
  readonly headerTexts: readonly ReadonlySet<string>[];
  readonly of: (role: ColumnRole) => RoledColumn | undefined;
  readonly valueColumns: readonly RoledColumn[];
  /** Codes of the indicators that have columns of their own. */
  readonly indicators: readonly string[];
  /** Kinds of denominators that have a column. */
  readonly denominatorKinds: readonly string[];
}

/** Puts a layout together from columns that have their roles. */
export function sheetLayout(
  sheet: string | null,
  columns: readonly RoledColumn[],
  headerRows: readonly RawRow[],
  title: SheetTitle,
): SheetLayout {
  const byRole = new Map<ColumnRole, RoledColumn>();
  for (const column of columns) {
    if (!byRole.has(column.role)) byRole.set(column.role, column);
  }
  const has = (...roles: readonly ColumnRole[]) => roles.some((role) => byRole.has(role));
  const namedBy = (...kinds: readonly ("numerator" | "ratio" | "denominator")[]) => [
    ...new Set(columns.flatMap(({ role }) => kinds.flatMap((kind) => roleOf(kind, role) ?? []))),
  ];
  return {
    sheet,
    columns,
    long: has("indicator"),
    level: has("commune_code", "commune_name")
      ? "commune"
      : has("province_code", "province_name")
        ? "province"
        : "country",
    ...title,
    headerTexts: textsOf(headerRows),
    of: (role) => byRole.get(role),
    valueColumns: columns.filter(({ role }) => isValueRole(role)),
    indicators: namedBy("numerator", "ratio"),
    denominatorKinds: namedBy("denominator"),
  };
}

function textsOf(rows: readonly RawRow[]): readonly ReadonlySet<string>[] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return Array.from(
    { length: width },
    (_, column) => new Set(rows.map(({ cells }) => headerText(cells[column]))),
  );
}

/** The cell of a role in a row; null where there is no such column or nothing in it. */
export function cellOf(
  layout: SheetLayout,
  cells: readonly RawValue[],
  role: ColumnRole,
): RawValue {
  const column = layout.of(role);
  const value = column === undefined ? null : (cells[column.index] ?? null);
  return isBlank(value) ? null : value;
}
