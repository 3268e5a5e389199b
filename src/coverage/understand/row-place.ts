import type { RawValue, Register, StatedPlace } from "../contract.ts";
import type { RoledColumn } from "./assign-roles.ts";
import { withoutAccents } from "./fold-header.ts";
import { rawText } from "./fault.ts";
import type { RowTeller } from "./row-teller.ts";
import { cellOf, type SheetLayout } from "./sheet-layout.ts";
import { type NameRepair, tidyName } from "./tidy-name.ts";
import { nameConfirms, writtenCode } from "./unit-code.ts";

type Level = StatedPlace["level"];

const LEVELS: Readonly<Record<string, Level>> = {
  commune: "commune",
  xa: "commune",
  "cap xa": "commune",
  phuong: "commune",
  "dac khu": "commune",
  province: "province",
  tinh: "province",
  "cap tinh": "province",
  "thanh pho": "province",
  country: "country",
  "ca nuoc": "country",
  "toan quoc": "country",
  "quoc gia": "country",
};

/** Reads where a row is: names put in order, codes as text, those that lost their zeros padded. */
export function rowPlace(
  layout: SheetLayout,
  cells: readonly RawValue[],
  { units }: Pick<Register, "units">,
  teller: RowTeller,
): StatedPlace {
  const level = levelOf(layout, cells);
  const provinceName = nameOf(layout, cells, "province_name", teller);
  const communeName = nameOf(layout, cells, "commune_name", teller);
  const province = writtenCode(cellOf(layout, cells, "province_code"), "province");
  // A row of a province may have its code in the column of communes, or in the province's own.
  const inCommuneColumns = (["commune_code", "commune_name"] as const).some(
    (role) => cellOf(layout, cells, role) !== null,
  );
  const own = level === "commune" || inCommuneColumns;
  const unitLevel = level === "commune" ? "commune" : "province";
  const unit = own ? writtenCode(cellOf(layout, cells, "commune_code"), unitLevel) : province;
  const name = own ? communeName : provinceName;
  const column = layout.of(own ? "commune_code" : "province_code");
  if (level !== "country" && unit.lost !== null && unit.code !== null) {
    tellLost(column, cells, { ...unit, code: unit.code, lost: unit.lost }, teller, {
      name,
      confirmed: nameConfirms(units, unitLevel, unit.code, name),
    });
  }
  // Of a commune's province the commune itself is the proof: V09 compares them.
  if (own && level !== "country" && province.lost !== null) {
    const understood = province.code;
    const value = cellOf(layout, cells, "province_code");
    teller.tell(layout.of("province_code"), value, "V10", "warn", {
      code: "province_code_as_number",
      understood,
    });
  }
  return {
    level,
    code: unit.code,
    codeAsWritten: unit.asWritten,
    name,
    provinceCode: level === "country" ? null : (province.code ?? null),
    provinceName: level === "country" ? null : provinceName,
    titledProvince: layout.province,
  };
}

function levelOf(layout: SheetLayout, cells: readonly RawValue[]): Level {
  const stated = cellOf(layout, cells, "level");
  const word =
    typeof stated === "string" ? withoutAccents(stated).replaceAll(/\s+/gu, " ").trim() : "";
  return LEVELS[word] ?? layout.level;
}

function nameOf(
  layout: SheetLayout,
  cells: readonly RawValue[],
  role: "province_name" | "commune_name",
  teller: RowTeller,
): string | null {
  const value = cellOf(layout, cells, role);
  const text = rawText(value);
  if (text === null) return null;
  const { name, repairs } = tidyName(text);
  if (repairs.length > 0) {
    const slugs: readonly NameRepair[] = repairs;
    teller.tell(layout.of(role), value, "V16", "warn", {
      code: "name_repaired",
      repairs: slugs,
      name,
    });
  }
  return name === "" ? null : name;
}

function tellLost(
  column: RoledColumn | undefined,
  cells: readonly RawValue[],
  { code, lost }: { readonly code: string; readonly lost: "float" | "short" },
  teller: RowTeller,
  { name, confirmed }: { readonly name: string | null; readonly confirmed: boolean },
): void {
  const value = column === undefined ? null : (cells[column.index] ?? null);
  if (lost === "float") {
    teller.tell(column, value, "V10", "warn", { code: "code_as_number", understood: code });
  } else if (confirmed) {
    teller.tell(column, value, "V10", "warn", { code: "zeros_restored", understood: code, name });
  } else {
    const reason = name === null ? "zeros_lost_no_name" : "zeros_lost_other_name";
    teller.tell(column, value, "V10", "reject_row", { code: reason, understood: code, name });
  }
}
