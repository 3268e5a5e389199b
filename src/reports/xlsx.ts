import {
  type Cell,
  type CellStyle,
  type CellValue,
  colToLetter,
  type WriteSheet,
  writeXlsx,
} from "hucre/xlsx";
import { withoutFormula } from "../domain/formula-guard.ts";
import { sheetNames } from "../domain/sheet-names.ts";

/** What a colour says beside the words that say the same: nobody has to see it. */
export type Tone = "good" | "fair" | "bad" | "unknown";

/** A cell with a tone; plain values have none. A Date is shown as its UTC day, or with its time where the column says so. */
export interface TonedCell {
  readonly value: string | number | Date | null;
  readonly tone: Tone | null;
}

export type SheetCell = string | number | Date | null | TonedCell;

/** A column: its header, its width in characters, and how its cells are read. */
export interface SheetColumn {
  readonly header: string;
  readonly width: number;
  readonly as?: "text" | "day" | "time" | "ratio" | "count";
}

/** One sheet: some lines above, one header, and rows as wide as it. */
export interface SheetPlan {
  /** At most 31 characters are kept; what Excel refuses in names is replaced. */
  readonly name: string;
  readonly lines: readonly string[];
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetCell[])[];
}

/** Excel's own limit (characters of one cell). */
const MAX_CELL = 32_767;

const FORMATS: Readonly<Record<NonNullable<SheetColumn["as"]>, string | null>> = {
  text: null,
  day: "yyyy-mm-dd",
  time: "yyyy-mm-dd hh:mm",
  ratio: "0.0%",
  count: "0",
};

/** Light enough for black text, apart from each other in grey too. */
const FILL: Readonly<Record<Tone, string>> = {
  good: "C6E7CE",
  fair: "FFE9A8",
  bad: "F4B6B0",
  unknown: "DDDDDD",
};

/** The sheets as an XLSX file: header frozen and filtered, printed A4 landscape with the header on every page. */
export function toXlsx(
  sheets: readonly SheetPlan[],
  properties: { readonly title: string; readonly description: string; readonly created: Date },
): Promise<Uint8Array> {
  const names = sheetNames(sheets.map(({ name }) => name));
  return writeXlsx({
    sheets: sheets.map((sheet, index) => toSheet(sheet, names[index] ?? "")),
    properties: { ...properties, creator: "hatangso", modified: properties.created },
    defaultFont: { name: "Arial", size: 10 },
  });
}

function toSheet({ lines, columns, rows }: SheetPlan, name: string): WriteSheet {
  const header = lines.length;
  const last = `${colToLetter(Math.max(0, columns.length - 1))}${header + 1 + rows.length}`;
  const cells = new Map<string, Partial<Cell>>();
  lines.forEach((_, row) => cells.set(`${row},0`, { style: row === 0 ? TITLE : NOTE }));
  columns.forEach((_, column) => cells.set(`${header},${column}`, { style: HEADER }));
  rows.forEach((row, index) =>
    row.forEach((cell, column) => {
      const tone = toneOf(cell);
      const format = FORMATS[columns[column]?.as ?? "text"];
      cells.set(`${header + 1 + index},${column}`, { style: bodyStyle(format, tone) });
    }),
  );
  return {
    name,
    columns: columns.map(({ width }) => ({ width })),
    rows: [
      ...lines.map((line) => [toValue(line)]),
      columns.map((column) => toValue(column.header)),
      ...rows.map((row) => row.map(toValue)),
    ],
    cells,
    freezePane: { rows: header + 1 },
    autoFilter: { range: `A${header + 1}:${last}` },
    pageSetup: {
      paperSize: "a4",
      orientation: "landscape",
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `$${header + 1}:$${header + 1}`,
    },
    headerFooter: { oddFooter: "&L&A&R&P / &N" },
  };
}

const TITLE: CellStyle = { font: { bold: true, size: 14 } };
const NOTE: CellStyle = { font: { italic: true } };
const HEADER: CellStyle = {
  font: { bold: true, color: { rgb: "FFFFFF" } },
  fill: solid("1F3A5F"),
  alignment: { vertical: "center", wrapText: true },
};

function solid(rgb: string): CellStyle["fill"] {
  return { type: "pattern", pattern: "solid", fgColor: { rgb } };
}

function bodyStyle(format: string | null, tone: Tone | null): CellStyle {
  return {
    alignment: { vertical: "top", wrapText: true },
    ...(format === null ? {} : { numFmt: format }),
    ...(tone === null ? {} : { fill: solid(FILL[tone]) }),
  };
}

function isToned(cell: SheetCell): cell is TonedCell {
  return typeof cell === "object" && cell !== null && !(cell instanceof Date);
}

function toneOf(cell: SheetCell): Tone | null {
  return isToned(cell) ? cell.tone : null;
}

function toValue(cell: SheetCell): CellValue {
  const value = isToned(cell) ? cell.value : cell;
  return typeof value === "string"
    ? withoutFormula(value).toWellFormed().slice(0, MAX_CELL)
    : value;
}
