import type { ImportFault } from "../../domain/coverage/import-fault.ts";
import type { RawRow, ReadSheet } from "../contract.ts";
import { CarriedCells, type CompleteRow } from "./carried-cells.ts";
import { ColumnTally } from "./column-tally.ts";
import type { Context } from "./context.ts";
import { faultAt, rawText } from "./fault.ts";
import { isNumbering } from "./header-block.ts";
import { rowKind } from "./row-kind.ts";
import { cellOf, type SheetLayout } from "./sheet-layout.ts";

/** Totals and skipped rows of one sheet that are kept, so that a file made of them fills no memory. */
const MAX_KEPT = 2000;

/** A row that adds others up, as it stands in the sheet. */
export interface RawTotal {
  readonly row: CompleteRow;
  readonly of: "sheet" | "district" | "province" | "country";
  readonly label: string;
}

/** What one pass over the rows of a sheet found; it grows with its columns, not with its rows. */
export class SheetScan {
  readonly tallies: ColumnTally[] = [];
  readonly totals: RawTotal[] = [];
  readonly faults: ImportFault[] = [];
  /** Provinces that its rows name: none, one, or two that stand for more. */
  readonly provinces = new Set<string>();
  rows = 0;
  readonly #layout: SheetLayout;
  readonly #carried: CarriedCells;
  readonly #context: Context;

  constructor(sheet: ReadSheet, layout: SheetLayout, context: Context) {
    this.#layout = layout;
    this.#carried = new CarriedCells(layout, sheet.merges);
    this.#context = context;
  }

  add(raw: RawRow): void {
    const { register, settings } = this.#context;
    const row = this.#carried.complete(raw);
    const kind = rowKind(row, this.#layout, register, settings.today);
    if (kind.kind === "row" || kind.kind === "total") this.#tally(row);
    if (kind.kind === "row") {
      this.rows += 1;
      this.#noteProvince(row);
    } else if (kind.kind === "total" && this.totals.length < MAX_KEPT) {
      this.totals.push({ row, of: kind.of, label: kind.label });
      this.#tell(row, "total_row", kind.label);
    } else if (kind.kind === "remark" || (kind.kind === "header" && !isNumbering(row.cells))) {
      const text = row.cells.map(rawText).find((each) => each !== null && each.trim() !== "") ?? "";
      this.#tell(row, kind.kind === "remark" ? "row_passed_over" : "header_again", text);
    }
  }

  #tally(row: RawRow): void {
    for (const [column, value] of row.cells.entries()) {
      (this.tallies[column] ??= new ColumnTally()).add(value);
    }
  }

  #noteProvince(row: RawRow): void {
    if (this.provinces.size > 1) return;
    const stated =
      rawText(cellOf(this.#layout, row.cells, "province_code")) ??
      rawText(cellOf(this.#layout, row.cells, "province_name"));
    if (stated !== null) this.provinces.add(stated.trim());
  }

  #tell(row: RawRow, code: string, label: string): void {
    if (this.faults.length >= MAX_KEPT) return;
    const place = { sheet: this.#layout.sheet, row: row.number, value: label };
    this.faults.push(faultAt(place, "V18", "warn", { code, label }));
  }
}
