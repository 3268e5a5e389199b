import type { CellStyle } from "hucre/xlsx";
import { type Both, both } from "../../catalogue/text.ts";
import { SEVERITIES, type Severity } from "../../domain/coverage/import-fault.ts";

/** What a severity is called wherever its colour stands: nobody has to see the colour. */
export const SEVERITY_WORDS: Readonly<Record<Severity, Both>> = {
  reject_file: both("Từ chối cả tệp", "File refused"),
  reject_row: both("Từ chối dòng", "Row refused"),
  hold: both("Chờ xem xét", "Held for review"),
  warn: both("Lưu ý", "Notice"),
};

/** Light enough for black text, apart from each other in grey too. */
const COLOURS: Readonly<Record<Severity, string>> = {
  reject_file: "E58B85",
  reject_row: "F4B6B0",
  hold: "FFE9A8",
  warn: "DCEBF7",
};

/** The fill of a cell with a fault. */
export function fillOf(severity: Severity): NonNullable<CellStyle["fill"]> {
  return { type: "pattern", pattern: "solid", fgColor: { rgb: COLOURS[severity] } };
}

/** The worst first. */
export function worst(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((each) => severities.includes(each)) ?? "warn";
}
