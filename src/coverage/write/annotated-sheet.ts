import type { Cell, CellValue, WriteSheet } from "hucre/xlsx";
import { importFaultText } from "../../catalogue/import-faults/index.ts";
import type { ImportFault } from "../../domain/coverage/import-fault.ts";
import { FAULTS_HEADER, ROW_HEADER } from "../../domain/coverage/template-sheet.ts";
import type { RawRow, ReadSheet } from "../contract.ts";
import { cellText, copiedCell } from "./cell-text.ts";
import { FaultColumns, isHead } from "./fault-columns.ts";
import { fillOf, SEVERITY_WORDS, worst } from "./severity-look.ts";

/** Faults of a sheet by their row. */
export type RowFaults = ReadonlyMap<number, readonly ImportFault[]>;

interface SheetOptions {
  readonly faults: RowFaults;
  /** Leave out rows without faults, but not the first ones, where the header is. */
  readonly faultyOnly: boolean;
  /** Rows that there is still room for. */
  readonly room: number;
}

/** Rows at the top that are copied whatever they are: titles and header, so that a corrected copy can be read. */
const TOP_ROWS = 12;

/** Far below every sheet's own limit, for files that are faulty throughout; the last column has all the words. */
const MAX_NOTES = 2000;

/** Titles are merged over the table, and not over a hundred columns beside it. */
const MAX_MERGED = 100;

const WRAPPED = { alignment: { vertical: "top", wrapText: true } } as const;

/** A row that is copied, and where in the copy it stands. */
interface Placed {
  readonly row: RawRow;
  readonly at: number;
}

/** One sheet of an annotated copy and how many rows it has. */
export async function annotatedSheet(
  name: string,
  sheet: ReadSheet,
  options: SheetOptions,
): Promise<{ readonly sheet: WriteSheet; readonly rows: number }> {
  const { head, placed } = await choose(sheet, options);
  const columns = new FaultColumns(head);
  const shift = options.faultyOnly ? 1 : 0;
  const width = widthOf(sheet, placed) + shift;
  const rows: CellValue[][] = [];
  const cells = new Map<string, Partial<Cell>>();
  let notes = 0;
  for (const { row, at } of placed) {
    while (rows.length <= at) rows.push([]);
    const values = row.cells.map(copiedCell);
    const line = options.faultyOnly ? [row.number, ...values] : values;
    rows[at] = line;
    const faults = options.faults.get(row.number) ?? [];
    if (faults.length === 0) continue;
    for (const [column, group] of byColumn(faults, columns, shift)) {
      const marked = note(group, notes < MAX_NOTES);
      notes += 1;
      cells.set(`${at},${column}`, { value: line[column] ?? null, ...marked });
    }
    while (line.length < width) line.push(null);
    line[width] = cellText(faults.map(inWords).join("\n"));
  }
  addHeaders(rows, cells, width, options.faultyOnly);
  return {
    sheet: {
      name,
      columns: [
        ...Array.from({ length: width }, () => ({ width: 14 })),
        { width: 80, style: WRAPPED },
      ],
      rows,
      cells,
      merges: options.faultyOnly ? [] : sheet.merges.map(toRange),
    },
    rows: placed.length,
  };
}

/** Columns of the copy: with values, and those that titles are merged over. */
function widthOf(sheet: ReadSheet, placed: readonly Placed[]): number {
  const merged = sheet.merges.map(({ right }) => right + 1).filter((right) => right <= MAX_MERGED);
  return [...placed.map(({ row }) => row.cells.length), ...merged].reduce(
    (most, each) => Math.max(most, each),
    0,
  );
}

/** The rows of the copy; with the faulty ones alone they move up, below a header of their own. */
async function choose(sheet: ReadSheet, { faults, faultyOnly, room }: SheetOptions) {
  const head: RawRow[] = [];
  const placed: Placed[] = [];
  for await (const row of sheet.rows()) {
    if (isHead(row)) head.push(row);
    const wanted = !faultyOnly || row.number <= TOP_ROWS || faults.has(row.number);
    if (!wanted) continue;
    if (placed.length >= room) break;
    placed.push({ row, at: faultyOnly ? placed.length + 1 : row.number - 1 });
  }
  return { head, placed };
}

/** Faults that name no column that is there are marked at the beginning of the row. */
function byColumn(faults: readonly ImportFault[], columns: FaultColumns, shift: number) {
  return Map.groupBy(faults, ({ column }) => Math.max(0, columns.indexOf(column)) + shift);
}

function note(faults: readonly ImportFault[], withNote: boolean): Partial<Cell> {
  const style = { fill: fillOf(worst(faults.map(({ severity }) => severity))) };
  if (!withNote) return { style };
  const text = faults.map(inWords).join("\n\n");
  return { style, comment: { author: "hatangso", text: text.slice(0, 4000) } };
}

/** `V02 · Từ chối dòng / Row refused · Số hộ: …` in Vietnamese, then English. */
function inWords(fault: ImportFault): string {
  const { vi, en } = SEVERITY_WORDS[fault.severity];
  const where = fault.column === null ? "" : ` · ${fault.column}`;
  return `${fault.rule} · ${vi} / ${en}${where}\n${importFaultText(fault, "vi")}\n${importFaultText(fault, "en")}`;
}

/** The headers of the columns that were not in the file, above what stands in the first row. */
function addHeaders(
  rows: CellValue[][],
  cells: Map<string, Partial<Cell>>,
  width: number,
  faultyOnly: boolean,
): void {
  const first = rows[0] ?? [];
  rows[0] = first;
  while (first.length < width) first.push(null);
  const below = first[width];
  const header = typeof below === "string" ? `${FAULTS_HEADER}\n${below}` : FAULTS_HEADER;
  first[width] = header;
  cells.set(`0,${width}`, { value: header, style: { ...WRAPPED, font: { bold: true } } });
  if (!faultyOnly) return;
  first[0] = ROW_HEADER;
  cells.set("0,0", { value: ROW_HEADER, style: { font: { bold: true } } });
}

function toRange(merge: ReadSheet["merges"][number]) {
  return {
    startRow: merge.top,
    startCol: merge.left,
    endRow: merge.bottom,
    endCol: merge.right,
  };
}
