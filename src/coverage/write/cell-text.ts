import type { CellValue } from "hucre/xlsx";
import { withoutFormula } from "../../domain/formula-guard.ts";
import type { RawValue } from "../contract.ts";

/** Excel's own limit (characters of one cell). */
const MAX_CELL = 32_767;

/** What XML 1.0 can't hold. */
// oxlint-disable-next-line no-control-regex -- these are the characters meant
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Numbers and bare dashes run nothing, and must come back as they were when a corrected copy is imported. */
const HARMLESS = /^[-+–]?[\d\s.,%]*$/u;

/** A text as it may stand in a cell: nothing that a spreadsheet would run, nothing that breaks the file. */
export function cellText(text: string): string {
  const clean = text.replace(NOT_IN_XML, "").toWellFormed();
  return (HARMLESS.test(clean) ? clean : withoutFormula(clean)).slice(0, MAX_CELL);
}

/** Never with three decimals exactly, which could be read as thousands when the copy comes back. */
function percentText(percent: number): string {
  const text = String(percent);
  return `${text}${/\.\d{3}$/u.test(text) ? "0" : ""}%`;
}

/** A value that was read, as it is shown again; formulas without result and errors as their text. */
export function copiedCell(value: RawValue): CellValue {
  if (typeof value === "string") return cellText(value);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return "problem" in value ? cellText(value.text) : percentText(value.percent);
}
