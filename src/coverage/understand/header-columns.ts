import { remembered } from "../../domain/remembered.ts";
import type { Merge, RawRow, RawValue } from "../contract.ts";

/** The header of a column: what stands above it, from the top down, each merged cell once. */
export interface HeaderColumn {
  /** From 0. */
  readonly index: number;
  readonly pieces: readonly string[];
  /** The same for columns under the same cell of the row above their own; null where there is none. */
  readonly parent: string | null;
}

interface Piece {
  readonly text: string;
  readonly origin: string;
}

const JUST_A_UNIT = /^\(?(?:hộ|hộ gia đình|người|thôn|trạm|xã|cái)\)?$/iu;

/**
 * Puts the rows of a header together. Merged cells stand over all that they cover; where a text file lost its merges,
 * a cell stands over the empty ones to its right that have something below them, as it has itself.
 */
export function headerColumns(
  rows: readonly RawRow[],
  merges: readonly Merge[],
): readonly HeaderColumn[] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const grid = rows.map(({ number, cells }) =>
    Array.from({ length: width }, (_, column) => pieceOf(cells[column], number, column)),
  );
  const merged = spread(grid, rows, merges);
  if (!merged) fillRight(grid);
  return Array.from({ length: width }, (_, index) => columnOf(grid, index));
}

function pieceOf(value: RawValue | undefined, row: number, column: number): Piece | null {
  const text = headerText(value);
  return text === "" ? null : { text, origin: `${row}:${column}` };
}

/** A header cell as text on one line. */
export function headerText(value: RawValue | undefined): string {
  if (typeof value === "string") return PLAIN.test(value) ? value : onOneLine(value);
  return typeof value === "number" ? String(value) : "";
}

/** Numbers and codes, of which tables are full: nothing is to be put in order. */
const PLAIN = /^[\x21-\x7E]+$/u;

/** The units of a register recur in every quarter of a file. */
const MOST_TEXTS = 20_000;

const onOneLine = remembered(MOST_TEXTS, (text) =>
  text.normalize("NFC").replaceAll(/\s+/gu, " ").trim(),
);

function spread(
  grid: (Piece | null)[][],
  rows: readonly RawRow[],
  merges: readonly Merge[],
): boolean {
  const at = new Map(rows.map(({ number }, index) => [number - 1, index]));
  let any = false;
  for (const { top, left, bottom, right } of merges) {
    const first = at.get(top);
    const piece = first === undefined ? null : (grid[first]?.[left] ?? null);
    if (piece === null) continue;
    any = true;
    for (let row = top; row <= Math.min(bottom, top + 10); row += 1) {
      const cells = grid[at.get(row) ?? -1];
      if (!cells) continue;
      for (let column = left; column <= Math.min(right, cells.length - 1); column += 1) {
        cells[column] = piece;
      }
    }
  }
  return any;
}

function fillRight(grid: (Piece | null)[][]): void {
  const below = (row: number, column: number) =>
    grid.slice(row + 1).some((cells) => cells[column] !== null);
  for (const [row, cells] of grid.slice(0, -1).entries()) {
    for (let column = 1; column < cells.length; column += 1) {
      const left = cells[column - 1] ?? null;
      const sameParent =
        row === 0 || grid[row - 1]?.[column]?.origin === grid[row - 1]?.[column - 1]?.origin;
      if (cells[column] !== null || left === null || !sameParent) continue;
      if (below(row, column) && below(row, column - 1)) cells[column] = left;
    }
  }
}

function columnOf(grid: readonly (readonly (Piece | null)[])[], index: number): HeaderColumn {
  const pieces: Piece[] = [];
  for (const cells of grid) {
    const piece = cells[index] ?? null;
    if (piece !== null && pieces.at(-1)?.origin !== piece.origin) pieces.push(piece);
  }
  const meaningful = pieces.filter(
    ({ text }, at) => at === 0 || at < pieces.length - 1 || !JUST_A_UNIT.test(text),
  );
  return {
    index,
    pieces: meaningful.map(({ text }) => text),
    parent: meaningful.at(-2)?.origin ?? null,
  };
}

/** A column's letter as spreadsheets show it: 0 is A, 26 is AA. */
export function columnLetter(index: number): string {
  const rest = Math.floor(index / 26);
  const last = String.fromCodePoint(65 + (index % 26));
  return rest === 0 ? last : `${columnLetter(rest - 1)}${last}`;
}
