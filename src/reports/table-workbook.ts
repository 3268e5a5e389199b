import type { Page, PageRequest } from "./page.ts";
import { type SheetColumn, toXlsx } from "./xlsx.ts";

/** A column of a list's sheet: its header and how its cell comes from a row. */
export interface TableColumn<Row> extends SheetColumn {
  readonly cell: (row: Row) => string | number | Date | null;
}

/** A list as an XLSX file of one sheet: a title, some lines about it, and its rows. */
export function tableWorkbook<Row>(
  table: {
    readonly title: string;
    readonly lines: readonly string[];
    readonly columns: readonly TableColumn<Row>[];
  },
  rows: readonly Row[],
  created: Date,
): Promise<Uint8Array> {
  const { title, lines, columns } = table;
  const sheet = {
    name: title,
    lines: [title, ...lines],
    columns: columns.map(({ header, width, as }) => ({ header, width, ...(as && { as }) })),
    rows: rows.map((row) => columns.map(({ cell }) => cell(row))),
  };
  return toXlsx([sheet], { title, description: lines.join(" "), created });
}

/** All rows of a list that is read page by page, at most as many as a sheet holds well. */
export async function allPages<Row, Position>(
  read: (page: PageRequest<Position>) => Promise<Page<Row, Position>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let after: Position | null = null;
  do {
    const page: Page<Row, Position> = await read({ limit: PAGE, after });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null && rows.length < MAX_ROWS);
  return rows;
}

const PAGE = 500;
const MAX_ROWS = 100_000;
