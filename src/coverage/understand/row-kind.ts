import type { UnitBook } from "../../domain/units/unit.ts";
import type { RawRow, RawValue, Register } from "../contract.ts";
import { isBlank, rawText } from "./fault.ts";
import { withoutAccents } from "./fold-header.ts";
import { isNumbering } from "./header-block.ts";
import { headerText } from "./header-columns.ts";
import { numberText } from "./number-text.ts";
import { isBareProvince } from "./province-names.ts";
import { cellOf, type SheetLayout } from "./sheet-layout.ts";
import { isMark, statusOf, yesOrNo } from "./status-words.ts";
import { namedProvince, namesCommune, namesDistrict } from "./unit-code.ts";

/**
 * What a row below the header is. `total` adds others up, `section` only names what follows, `header` is the header come
 * again, `remark` has text but nothing that could be recorded.
 */
export type RowKind =
  | { readonly kind: "row" | "section" | "header" | "remark" }
  | {
      readonly kind: "total";
      readonly of: "sheet" | "district" | "province" | "country";
      readonly label: string;
    };

/** `Tổng cộng: 26 xã`, `TỔNG CỘNG (I+II)`; not `Tổng Cọt` and `Cộng Hòa`, which are communes. */
const SHEET_TOTAL =
  /^(?:tong|cong|tong cong|tong so)(?: (?:so|cac|toan bo|\d{1,4}|[ivx]+|[abc]|xa|phuong|thi tran|dac khu|don vi))*$/u;
const LEVEL_TOTAL =
  /^(?:(?:tong|cong|tong cong|tong so)(?: cua)? )?(?:toan|ca)? ?(?<of>tinh|thanh pho|tp|huyen|quan|thi xa|tx|cum|khu vuc|vung|nuoc|quoc)(?: (?<name>.*))?$/u;

/** Tells rows with figures from what else stands in a table. */
export function rowKind(
  row: RawRow,
  layout: SheetLayout,
  { units }: Pick<Register, "units">,
  today: string,
): RowKind {
  const { cells } = row;
  if (isHeaderAgain(cells, layout) || isNumbering(cells)) return { kind: "header" };
  if (hasCode(cells, layout) && !isProvinceAmongCommunes(cells, layout, units, today)) {
    return { kind: "row" };
  }
  const label = labelOf(cells, layout);
  const counted = layout.valueColumns.some(({ index }) => saysValue(cells[index] ?? null));
  const total = totalOf(label, layout);
  if (total !== null) return counted ? { kind: "total", of: total, label } : { kind: "section" };
  if (layout.level === "commune" && cellOf(layout, cells, "level") === null) {
    // A province or district in a column of its own beside a commune's name says where that commune is.
    const name = headerText(cellOf(layout, cells, "commune_name"));
    const title = name === "" ? label : unnumbered(name);
    const province = provinceOfRow(title, name === "", units, today);
    if (province || namesDistrict(title) || name === "") {
      if (!counted) return { kind: isRemark(cells, layout) ? "remark" : "section" };
      const ofProvince = province || (name === "" && !namesDistrict(title));
      return { kind: "total", of: ofProvince ? "province" : "district", label };
    }
  }
  if (counted || namesCommune(label)) return { kind: "row" };
  return { kind: isRemark(cells, layout) ? "remark" : "section" };
}

function isHeaderAgain(cells: readonly RawValue[], layout: SheetLayout): boolean {
  let written = 0;
  let same = 0;
  for (const [column, value] of cells.entries()) {
    if (isBlank(value)) continue;
    written += 1;
    if (layout.headerTexts[column]?.has(headerText(value)) === true) same += 1;
    else if (written > 4 && same === 0) return false;
  }
  return written >= 2 && same * 5 >= written * 4;
}

function hasCode(cells: readonly RawValue[], layout: SheetLayout): boolean {
  const code = cellOf(layout, cells, layout.level === "commune" ? "commune_code" : "province_code");
  return typeof code === "number" || (typeof code === "string" && /\d/u.test(code));
}

/** `04 | Tỉnh Cao Bằng` in the columns of communes: the province's own row, a total of those below it. */
function isProvinceAmongCommunes(
  cells: readonly RawValue[],
  layout: SheetLayout,
  units: UnitBook,
  today: string,
): boolean {
  if (layout.level !== "commune" || cellOf(layout, cells, "level") !== null) return false;
  const code = cellOf(layout, cells, "commune_code");
  if (!/^'?\d{1,2}$/u.test(rawText(code)?.trim() ?? "")) return false;
  return namedProvince(headerText(cellOf(layout, cells, "commune_name")), units, today) !== null;
}

/** Whether a row is called as a province is; without its type only where no commune has that name too. */
function provinceOfRow(title: string, alone: boolean, units: UnitBook, today: string): boolean {
  if (namedProvince(title, units, today) !== null) return true;
  return !alone && isBareProvince(title, units);
}

/** The first words of a row left of its figures, without a number in front. */
function labelOf(cells: readonly RawValue[], layout: SheetLayout): string {
  const first = Math.min(cells.length, ...layout.valueColumns.map(({ index }) => index));
  const texts = cells.slice(0, first).map(headerText);
  const words = texts.find((text) => /\p{L}{2}/u.test(text) && !/^[IVXLC]+$/u.test(text)) ?? "";
  return unnumbered(words);
}

/** `II. Huyện Bát Xát` without its number. */
function unnumbered(text: string): string {
  return text.replace(/^(?:[IVXLC]+|[A-Z]|\d{1,3})\s*[.)/-]\s*/u, "").trim();
}

function totalOf(
  label: string,
  layout: SheetLayout,
): "sheet" | "district" | "province" | "country" | null {
  const folded = withoutAccents(label)
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  if (SHEET_TOTAL.test(folded)) return "sheet";
  const found = LEVEL_TOTAL.exec(folded)?.groups;
  const summed = /^(?:tong|cong|toan|ca)\b/u.test(folded);
  if (!found || !summed) return null;
  if (found["of"] === "nuoc" || found["of"] === "quoc") {
    return layout.level === "country" || cellLevelGiven(layout) ? null : "country";
  }
  return /^(?:tinh|thanh pho|tp)$/u.test(found["of"] ?? "") && !namesDistrict(label)
    ? "province"
    : "district";
}

function cellLevelGiven(layout: SheetLayout): boolean {
  return layout.of("level") !== undefined;
}

/** Whether a cell of figures holds one, or a word that stands for one. */
function saysValue(value: RawValue): boolean {
  if (isBlank(value)) return false;
  if (typeof value !== "string") return true;
  return (
    numberText(value) !== null ||
    statusOf(value) !== null ||
    isMark(value) ||
    yesOrNo(value) !== null
  );
}

/** Texts in several cells, such as signatures: a section has one. */
function isRemark(cells: readonly RawValue[], layout: SheetLayout): boolean {
  const texts = new Set(cells.flatMap((value) => rawText(value)?.trim() || []));
  return texts.size > 1 && layout.valueColumns.some(({ index }) => !isBlank(cells[index]));
}
