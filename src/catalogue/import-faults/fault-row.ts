import type { ImportFault, RuleId, Severity } from "../../domain/coverage/import-fault.ts";
import { importFaultText } from "./index.ts";

/** A fault as people and programs get it: where it is, what is wrong, in both languages. */
export interface FaultRow {
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number | null;
  readonly column: string | null;
  readonly value: string | null;
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message_vi: string;
  readonly message_en: string;
}

/** The columns of a table of faults. */
export const FAULT_COLUMNS = [
  "file",
  "sheet",
  "row",
  "column",
  "value",
  "rule",
  "severity",
  "message_vi",
  "message_en",
] as const satisfies readonly (keyof FaultRow)[];

/** A fault of this file with its messages. */
export function faultRow(file: string, fault: ImportFault): FaultRow {
  const { sheet, row, column, value, rule, severity } = fault;
  return {
    file,
    sheet,
    row,
    column,
    value,
    rule,
    severity,
    message_vi: importFaultText(fault, "vi"),
    message_en: importFaultText(fault, "en"),
  };
}
