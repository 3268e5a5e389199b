import { FAULTS_HEADER, ROW_HEADER } from "../../domain/coverage/template-sheet.ts";
import type { RawRow, ReadSheet } from "../contract.ts";

/**
 * A sheet without what an annotated copy added to it, so that a corrected copy reads as the file itself would: the column
 * of faults and that of row numbers, which are headed in the first row whatever stands there. Other sheets as they are.
 */
export async function withoutAnnotations(sheet: ReadSheet): Promise<ReadSheet> {
  for await (const first of sheet.rows()) {
    const added = addedColumns(first);
    return added.length === 0 ? sheet : { ...sheet, rows: () => stripped(sheet, added) };
  }
  return sheet;
}

async function* stripped(
  sheet: ReadSheet,
  added: readonly number[],
): AsyncGenerator<RawRow, void, undefined> {
  for await (const row of sheet.rows()) yield { ...row, cells: without(row.cells, added) };
}

/** The columns that the first row says were added. */
function addedColumns({ cells }: RawRow): readonly number[] {
  return cells.flatMap((cell, index) => {
    if (typeof cell !== "string") return [];
    const text = cell.split("\n")[0]?.trim();
    return text === FAULTS_HEADER || (index === 0 && text === ROW_HEADER) ? index : [];
  });
}

function without(cells: RawRow["cells"], added: readonly number[]): RawRow["cells"] {
  const kept = cells.map((cell, index) => (added.includes(index) ? null : cell));
  while (kept.length > 0 && kept.at(-1) === null) kept.pop();
  return kept;
}
