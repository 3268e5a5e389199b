import type { RawRow } from "../contract.ts";

/** Rows of a sheet within which headers are looked for. */
const HEADER_ROWS = 60;

/** Finds the column that a fault names, by its header as it is written or by its letter; -1: nowhere. */
export class FaultColumns {
  /** Where each text stands in the first rows: row and column, both from 0. */
  readonly #places = new Map<string, { readonly row: number; readonly column: number }[]>();

  constructor(head: readonly RawRow[]) {
    for (const { number, cells } of head) {
      if (number > HEADER_ROWS) break;
      for (const [column, cell] of cells.entries()) {
        if (typeof cell !== "string") continue;
        const key = folded(cell);
        const places = this.#places.get(key) ?? [];
        this.#places.set(key, [...places, { row: number - 1, column }]);
      }
    }
  }

  /** Headers of several rows are joined by ` / `: the last piece is the column's own, the others stand above it. */
  indexOf(name: string | null): number {
    if (name === null) return -1;
    const whole = this.#places.get(folded(name))?.[0];
    if (whole) return whole.column;
    const pieces = name.split(" / ");
    const own = this.#places.get(folded(pieces.at(-1) ?? "")) ?? [];
    if (own.length > 1 && pieces.length > 1) return this.#under(pieces.at(-2) ?? "", own);
    return own[0]?.column ?? letterIndex(name);
  }

  /** The first of these places at or right of the parent, whose merged cell begins left of them. */
  #under(parent: string, own: readonly { readonly column: number }[]): number {
    const left = this.#places.get(folded(parent))?.[0]?.column ?? 0;
    return (own.find(({ column }) => column >= left) ?? own[0])?.column ?? -1;
  }
}

/** How many rows at the beginning of a sheet belong to `FaultColumns`. */
export function isHead(row: RawRow): boolean {
  return row.number <= HEADER_ROWS;
}

function folded(text: string): string {
  return text.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
}

function letterIndex(name: string): number {
  if (!/^[A-Z]{1,3}$/.test(name)) return -1;
  return Array.from(name).reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
