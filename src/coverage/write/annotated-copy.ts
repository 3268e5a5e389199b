import { type WriteSheet, writeXlsx } from "hucre/xlsx";
import { both } from "../../catalogue/text.ts";
import type { ImportFault } from "../../domain/coverage/import-fault.ts";
import { SUMMARY_SHEET } from "../../domain/coverage/template-sheet.ts";
import { sheetNames } from "../../domain/sheet-names.ts";
import type { ReadFile, ReadSheet } from "../contract.ts";
import { annotatedSheet, type RowFaults } from "./annotated-sheet.ts";
import { type RowCounts, summarySheet } from "./summary-sheet.ts";

/** How a copy is made. */
export interface AnnotationOptions {
  /** Above so many rows the copy has the faulty ones alone, and at most so many of them. */
  readonly maxRows: number;
  /** Rows by what became of them, for the first sheet; null: not known. */
  readonly counts: RowCounts | null;
}

/** Rows of a copy: those of a province's report many times over. */
export const MAX_ANNOTATED_ROWS = 20_000;

/** Name of the sheet that a text file becomes. */
const TEXT_SHEET = "Số liệu";

/**
 * An XLSX of what was sent, to be sent back: a summary on top, then every sheet with faulty cells filled by severity,
 * a note on each with the rule and what to do in Vietnamese and English, and the same in words in a last column. Rows
 * keep their numbers; of files above `maxRows` it has the faulty rows only, with their numbers beside them. Texts that
 * a spreadsheet would run as a formula get a quote before them. A file without sheets gives the summary alone.
 */
export async function annotatedCopy(
  original: Pick<ReadFile, "name" | "sheets">,
  faults: readonly ImportFault[],
  options: AnnotationOptions = { maxRows: MAX_ANNOTATED_ROWS, counts: null },
): Promise<Uint8Array> {
  const bySheet = faultsByRow(faults);
  const faultyOnly = await hasMoreRows(original.sheets, options.maxRows);
  const names = sheetNames([
    SUMMARY_SHEET,
    ...original.sheets.map(({ name }) => name ?? TEXT_SHEET),
  ]);
  const sheets: WriteSheet[] = [];
  let room = options.maxRows;
  for (const [at, sheet] of original.sheets.entries()) {
    const made = await annotatedSheet(names[at + 1] ?? "", sheet, {
      faults: bySheet.get(sheet.name) ?? new Map(),
      faultyOnly,
      room,
    });
    room -= made.rows;
    sheets.push(made.sheet);
  }
  const summary = summarySheet(names[0] ?? "", {
    file: original.name,
    counts: options.counts,
    faults,
    leftOut: faultyOnly
      ? both(
          `Tệp có hơn ${options.maxRows} dòng: bản này chỉ có các dòng có lỗi, kèm số dòng gốc`,
          `The file has more than ${options.maxRows} rows: this copy has the faulty ones only, with their original row numbers`,
        )
      : null,
  });
  return writeXlsx({ sheets: [summary, ...sheets], defaultFont: { name: "Arial", size: 10 } });
}

/** Faults of rows, by sheet and row. */
function faultsByRow(faults: readonly ImportFault[]): ReadonlyMap<string | null, RowFaults> {
  const bySheet = new Map<string | null, Map<number, ImportFault[]>>();
  for (const fault of faults) {
    if (fault.row === null) continue;
    const rows = bySheet.get(fault.sheet) ?? new Map<number, ImportFault[]>();
    bySheet.set(fault.sheet, rows);
    const row = rows.get(fault.row) ?? [];
    rows.set(fault.row, row);
    row.push(fault);
  }
  return bySheet;
}

async function hasMoreRows(sheets: readonly ReadSheet[], limit: number): Promise<boolean> {
  let rows = 0;
  for (const sheet of sheets) {
    for await (const _ of sheet.rows()) {
      rows += 1;
      if (rows > limit) return true;
    }
  }
  return false;
}
