import type { Day } from "../../domain/calendar.ts";
import { utcDay } from "../../domain/calendar.ts";
import type { ImportSettings, RawValue } from "../contract.ts";
import type { RoledColumn } from "./assign-roles.ts";
import { rawText } from "./fault.ts";
import { monthDay, periodDay, quarterDay, serialDay } from "./period-text.ts";
import type { RowTeller } from "./row-teller.ts";
import { cellOf, type SheetLayout } from "./sheet-layout.ts";

interface Stated {
  readonly column: RoledColumn | undefined;
  readonly value: RawValue;
  readonly day: Day | null;
}

/**
 * The day that a row's figures are true of: what the row says, else what the import states, else what the title says.
 * Where two of them disagree, the row is held. Null where nobody says: V20 refuses that.
 */
export function rowAsOf(
  layout: SheetLayout,
  cells: readonly RawValue[],
  settings: Pick<ImportSettings, "asOf">,
  teller: RowTeller,
): Day | null {
  const stated = statedDay(layout, cells, teller);
  const titled = titleDay(layout);
  if (stated === null) return withoutColumn(layout, settings.asOf, titled, teller);
  const { column, value, day } = stated;
  if (day === null) {
    teller.tell(column, value, "V20", "reject_row", { code: "unreadable_day" });
  } else if (settings.asOf !== null && settings.asOf !== day) {
    teller.tell(column, value, "V20", "hold", {
      code: "not_as_stated",
      row: day,
      stated: settings.asOf,
    });
  } else if (layout.days.length > 0 && !layout.days.includes(day)) {
    teller.tell(column, value, "V20", "hold", {
      code: "not_as_titled",
      row: day,
      title: layout.days,
    });
  }
  return day;
}

/** The one day that titles and headers name, or null; what they name beside it in a year says nothing else. */
function titleDay(layout: Pick<SheetLayout, "days" | "year">): Day | null {
  return layout.days.length === 0
    ? layout.year
    : layout.days.length === 1
      ? (layout.days[0] ?? null)
      : null;
}

/** Whether rows may say for themselves what day they are of. */
export function hasAsOf(layout: SheetLayout): boolean {
  return (["as_of", "year", "quarter", "month"] as const).some(
    (role) => layout.of(role) !== undefined,
  );
}

function withoutColumn(
  layout: SheetLayout,
  asOf: Day | null,
  titled: Day | null,
  teller: RowTeller,
): Day | null {
  if (asOf === null) return titled;
  if (layout.days.length > 0 && !layout.days.includes(asOf)) {
    const facts = { stated: asOf, title: layout.days };
    teller.tell(undefined, null, "V20", "hold", { code: "title_not_as_stated", ...facts });
  }
  return asOf;
}

function statedDay(
  layout: SheetLayout,
  cells: readonly RawValue[],
  teller: RowTeller,
): Stated | null {
  const asOf = cellOf(layout, cells, "as_of");
  if (asOf !== null) {
    return {
      column: layout.of("as_of"),
      value: asOf,
      day: dayOfCell(asOf, layout.of("as_of"), teller),
    };
  }
  const [year, quarter, month] = (["year", "quarter", "month"] as const).map(
    (role) => rawText(cellOf(layout, cells, role)) ?? "",
  ) as [string, string, string];
  if (quarter !== "") {
    return part(layout, cells, "quarter", quarterDay(quarter, year) ?? periodDay(quarter));
  }
  if (month !== "") return part(layout, cells, "month", monthDay(month, year) ?? periodDay(month));
  return year === "" ? null : part(layout, cells, "year", periodDay(year));
}

function part(
  layout: SheetLayout,
  cells: readonly RawValue[],
  role: "year" | "quarter" | "month",
  day: Day | null,
): Stated {
  return { column: layout.of(role), value: cellOf(layout, cells, role), day };
}

function dayOfCell(
  value: RawValue,
  column: RoledColumn | undefined,
  teller: RowTeller,
): Day | null {
  // A second more: spreadsheets store days as fractions, a little short of them at times.
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? null : utcDay(value.getTime() + 1000);
  }
  const text = rawText(value)?.trim() ?? "";
  const serial = /^\d{5}(?:[.,]\d+)?$/u.test(text)
    ? serialDay(Number(text.replace(",", ".")))
    : null;
  if (serial === null) return typeof value === "object" ? null : periodDay(text);
  teller.tell(column, value, "V18", "warn", { code: "day_number", day: serial });
  return serial;
}
