import type { Merge, RawRow, RawValue } from "../contract.ts";
import { isPlaceRole } from "./column-role.ts";
import type { HeaderDictionary } from "./header-dictionary.ts";
import { headerColumns, headerText } from "./header-columns.ts";
import { type ColumnMeaning, columnMeaning } from "./header-meaning.ts";
import { numberText } from "./number-text.ts";

/** Rows of a sheet within which its header must begin. */
export const HEADER_WITHIN = 50;

/** Rows that one header may have. */
const MAX_HEIGHT = 4;

/** Where a sheet's header is, and what its columns are. */
export interface HeaderBlock {
  /** Rows above it: titles. */
  readonly titles: readonly RawRow[];
  readonly rows: readonly RawRow[];
  readonly columns: readonly ColumnMeaning[];
  /** How many of the rows looked through are behind it, the row of column numbers included. */
  readonly taken: number;
}

/** Finds the rows that make most sense as a header, or null where no place of a row is named in any. */
export function findHeader(
  rows: readonly RawRow[],
  merges: readonly Merge[],
  dictionary: HeaderDictionary,
): HeaderBlock | null {
  let best: { block: HeaderBlock; score: number } | null = null;
  const placed = new Set(rows.filter((row) => namesPlace(row, dictionary)));
  const below = rows.at(-1)?.number ?? 0;
  const near = merges.filter(({ top }) => top < below);
  for (const from of rows.keys()) {
    for (let height = 1; height <= MAX_HEIGHT && from + height <= rows.length; height += 1) {
      const part = rows.slice(from, from + height);
      if (!canBeHeader(part.at(-1))) break;
      if (isCut(part, near) || !part.some((row) => placed.has(row))) continue;
      const columns = headerColumns(part, near).map((each) => columnMeaning(each, dictionary));
      const score = scoreOf(columns, height);
      if (score === null || (best !== null && score <= best.score)) continue;
      const numbered = isNumbering(rows[from + height]?.cells ?? []);
      const taken = from + height + (numbered ? 1 : 0);
      best = { block: { titles: rows.slice(0, from), rows: part, columns, taken }, score };
    }
  }
  return best?.block ?? null;
}

/** Whether a cell of a row, by itself, is a header of a column of places: a header has one, whatever its shape. */
function namesPlace({ cells }: RawRow, dictionary: HeaderDictionary): boolean {
  return cells.some((cell) => {
    const text = headerText(cell);
    const meaning = text === "" ? null : dictionary.meaningOf(text);
    return meaning !== null && "role" in meaning && isPlaceRole(meaning.role);
  });
}

/** Whether a cell of the last row goes on below it. */
function isCut(rows: readonly RawRow[], merges: readonly Merge[]): boolean {
  const last = (rows.at(-1)?.number ?? 0) - 1;
  const first = (rows[0]?.number ?? 0) - 1;
  return merges.some(({ top, bottom }) => first <= top && top <= last && last < bottom);
}

/** Known columns count for a header, unknown ones and doubles against it, and so does each row it need not have. */
function scoreOf(columns: readonly ColumnMeaning[], height: number): number | null {
  const named = columns.filter(({ column }) => column.pieces.length > 0);
  const known = named.filter(({ meaning }) => meaning !== null);
  const roles = known.flatMap(({ meaning }) =>
    meaning !== null && "role" in meaning ? meaning.role : [],
  );
  if (named.length < 2 || !roles.some(isPlaceRole)) return null;
  const once = roles.filter((role) => !/^(?:ignored|district|ratio)$/u.test(role));
  const doubles = once.length - new Set(once).size;
  return known.length * 10 - (named.length - known.length) * 4 - doubles * 14 - height;
}

function canBeHeader(row: RawRow | undefined): boolean {
  return (
    row !== undefined &&
    !isNumbering(row.cells) &&
    row.cells.every(
      (value) => value === null || (typeof value === "string" && numberText(value) === null),
    )
  );
}

const COLUMN_NUMBER = /^[([]?\s*(?:(?<number>\d{1,2})|[A-Za-z])\s*[)\]]?(?:\s*=.*)?$/u;

/** Whether a row numbers the columns: `(1) (2) (3)`, `A B 1 2 3=2/1`. */
export function isNumbering(cells: readonly RawValue[]): boolean {
  const numbers: number[] = [];
  let written = 0;
  for (const cell of cells) {
    const text = headerText(cell ?? null);
    if (text === "") continue;
    written += 1;
    const found = COLUMN_NUMBER.exec(text);
    if (found === null) return false;
    const number = found.groups?.["number"];
    if (number === undefined) continue;
    if (numbers.length > 0 && Number(number) !== (numbers.at(-1) ?? 0) + 1) return false;
    numbers.push(Number(number));
  }
  return written >= 3 && numbers.length >= 2;
}
