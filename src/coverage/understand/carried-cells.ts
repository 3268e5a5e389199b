import type { Merge, RawRow, RawValue } from "../contract.ts";
import { isValueRole } from "./column-role.ts";
import { isBlank } from "./fault.ts";
import type { SheetLayout } from "./sheet-layout.ts";

/** A row with what merged cells stand for. */
export interface CompleteRow extends RawRow {
  /** Columns whose count is merged over this row and others: nobody can tell whose it is. */
  readonly shared?: readonly number[];
}

/** Cells merged over several rows, each standing for all of its rows; counts are never repeated. */
export class CarriedCells {
  readonly #merges: readonly TallMerge[];
  readonly #open = new Map<number, { readonly merge: TallMerge; readonly value: RawValue }>();
  #next = 0;

  constructor(layout: SheetLayout, merges: readonly Merge[]) {
    const roles = new Map(layout.columns.map(({ index, role }) => [index, role]));
    const tall = merges.filter(({ top, bottom }) => bottom > top);
    const places = new Set(
      tall
        .filter(({ left }) => /^(?:commune|province)_/u.test(roles.get(left) ?? ""))
        .map(({ top, bottom }) => `${top}:${bottom}`),
    );
    this.#merges = tall
      .flatMap((merge) => {
        const role = roles.get(merge.left);
        if (role === undefined || role === "ignored") return [];
        // All households of a commune that has a row per operator, or per indicator, are those of each of them.
        const ofOneUnit = layout.long || places.has(`${merge.top}:${merge.bottom}`);
        const carried = role.startsWith("denominator") ? ofOneUnit : !isValueRole(role);
        return { ...merge, shared: !carried };
      })
      .sort((one, other) => one.top - other.top);
  }

  /** The row with what merged cells above it stand for; rows come from the top down. */
  complete(row: RawRow): CompleteRow {
    const at = row.number - 1;
    for (
      let merge = this.#merges[this.#next];
      merge && merge.top <= at;
      merge = this.#merges[this.#next]
    ) {
      if (merge.top === at) {
        this.#open.set(merge.left, { merge, value: row.cells[merge.left] ?? null });
      }
      this.#next += 1;
    }
    if (this.#open.size === 0) return row;
    const cells = [...row.cells];
    const shared: number[] = [];
    for (const [column, { merge, value }] of this.#open) {
      if (merge.bottom < at) this.#open.delete(column);
      else if (merge.shared && !isBlank(value)) shared.push(column);
      else if (isBlank(cells[column])) cells[column] = value;
    }
    return { ...row, cells: Array.from(cells, (value) => value ?? null), shared };
  }
}

interface TallMerge extends Merge {
  readonly shared: boolean;
}
