import type { RawRow, RawValue } from "../../contract.ts";
import { MAX_CELL_CHARACTERS, MAX_FILLED_COLUMNS, MAX_MERGES, MAX_ROWS } from "../limits.ts";
import { unsafe } from "../refusal.ts";
import { noTraits, type SheetTraits } from "../xlsx/sheet.ts";
import { attribute, type XmlReader } from "../xml.ts";
import { odsValue } from "./value.ts";

/** A table of the document. */
export interface OdsSheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly traits: SheetTraits;
}

/** A row that says that it stands many times and has values is no report's: there a thousand equal rows are a fault. */
const MAX_REPEATED_ROWS = 10_000;

/** Links to other programs and files (ODF 1.3 part 3, 9.8, 9.3.2, 9.3.1). */
const LINKS = new Set(["dde-link", "dde-source", "table-source", "cell-range-source"]);

/** Runs of spaces are counted (`text:c`). */
const MAX_SPACES = 1000;

/** Reads content.xml (ODF 1.3 part 3, 9.1): the rows of one sheet, or of all with `only` null. */
export class ContentReader implements XmlReader {
  readonly sheets: OdsSheet[] = [];
  readonly #only: number | null;
  readonly #hiddenStyles = new Set<string>();
  #style = "";
  #rows: { sheet: number; row: RawRow }[] = [];
  #row = 0;
  #repeatRow = 1;
  #cells: RawValue[] = [];
  #column = 0;
  #cell: string | null = null;
  #text = "";
  #paragraphs = 0;
  #inParagraph = false;
  #inNote = false;

  constructor(only: number | null) {
    this.#only = only;
  }

  takeRows(): readonly { readonly sheet: number; readonly row: RawRow }[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(tag: string, attributes: string): void {
    if (tag === "style") this.#style = attribute(attributes, "name") ?? "";
    else if (tag === "table-properties") this.#tableStyle(attributes);
    else if (tag === "table") this.#openTable(attributes);
    else if (tag === "table-column") this.#hiddenColumns(attributes);
    else if (tag === "table-row") this.#openRow(attributes);
    else if (tag === "table-cell" || tag === "covered-table-cell") this.#openCell(attributes);
    else if (tag === "annotation") this.#inNote = true;
    else if (LINKS.has(tag)) throw unsafe("external_links", { name: tag });
    else if (this.#cell !== null && !this.#inNote) this.#openInText(tag, attributes);
  }

  text(text: string): void {
    if (!this.#inParagraph) return;
    this.#text += text;
    if (this.#text.length > MAX_CELL_CHARACTERS) {
      throw unsafe("cell_too_long", { limit: MAX_CELL_CHARACTERS }, this.#place());
    }
  }

  close(tag: string): void {
    if (tag === "annotation") this.#inNote = false;
    else if (tag === "p") this.#inParagraph = false;
    else if (tag === "table-cell" || tag === "covered-table-cell") this.#closeCell();
    else if (tag === "table-row") this.#closeRow();
  }

  #tableStyle(attributes: string): void {
    if (attribute(attributes, "display") === "false") this.#hiddenStyles.add(this.#style);
  }

  #openTable(attributes: string): void {
    this.sheets.push({
      name: attribute(attributes, "name") ?? "",
      hidden: this.#hiddenStyles.has(attribute(attributes, "style-name") ?? ""),
      traits: noTraits(),
    });
    this.#row = 0;
  }

  #hiddenColumns(attributes: string): void {
    const columns = repeated(attributes, "number-columns-repeated");
    if (isHidden(attributes) && columns <= MAX_FILLED_COLUMNS) {
      this.#traits.hiddenColumns += columns;
    }
  }

  #openRow(attributes: string): void {
    this.#repeatRow = repeated(attributes, "number-rows-repeated");
    this.#cells = [];
    this.#column = 0;
    if (isHidden(attributes)) this.#traits.hiddenRows += this.#repeatRow;
  }

  #openCell(attributes: string): void {
    this.#cell = attributes;
    this.#text = "";
    this.#paragraphs = 0;
    const down = repeated(attributes, "number-rows-spanned");
    const across = repeated(attributes, "number-columns-spanned");
    if (down === 1 && across === 1) return;
    if (this.#traits.merges.length >= MAX_MERGES) throw unsafe("broken_sheet", {}, this.#place());
    this.#traits.merges.push({
      top: this.#row,
      left: this.#column,
      bottom: this.#row + down - 1,
      right: this.#column + across - 1,
    });
  }

  #openInText(tag: string, attributes: string): void {
    if (tag === "p") {
      if (this.#paragraphs > 0) this.#text += "\n";
      this.#paragraphs += 1;
      this.#inParagraph = true;
    } else if (tag === "s") {
      this.text(" ".repeat(Math.min(MAX_SPACES, repeated(attributes, "c"))));
    } else if (tag === "tab" || tag === "line-break") this.text(tag === "tab" ? "\t" : "\n");
  }

  #closeCell(): void {
    const attributes = this.#cell ?? "";
    const columns = repeated(attributes, "number-columns-repeated");
    const value = odsValue(attributes, this.#text);
    this.#cell = null;
    if (value !== null) {
      if (this.#column + columns > MAX_FILLED_COLUMNS) {
        throw unsafe("too_many_columns", { limit: MAX_FILLED_COLUMNS }, this.#place());
      }
      while (this.#cells.length < this.#column) this.#cells.push(null);
      for (let left = columns; left > 0; left -= 1) this.#cells.push(value);
    }
    this.#column += columns;
  }

  #closeRow(): void {
    const first = this.#row;
    this.#row += this.#repeatRow;
    if (this.#cells.length === 0) return;
    if (this.#row > MAX_ROWS || this.#repeatRow > MAX_REPEATED_ROWS) {
      throw unsafe("too_many_rows", { limit: MAX_ROWS }, this.#place());
    }
    const sheet = this.sheets.length - 1;
    const wanted = this.#only === null ? !this.sheets[sheet]?.hidden : this.#only === sheet;
    if (!wanted) return;
    for (let number = first + 1; number <= this.#row; number += 1) {
      this.#rows.push({ sheet, row: { number, cells: this.#cells } });
    }
  }

  get #traits(): SheetTraits {
    const sheet = this.sheets.at(-1);
    if (!sheet) throw unsafe("broken_sheet");
    return sheet.traits;
  }

  #place() {
    return { sheet: this.sheets.at(-1)?.name ?? null, row: this.#row + 1 };
  }
}

function repeated(attributes: string, name: string): number {
  const times = Number(attribute(attributes, name) ?? 1);
  return Number.isInteger(times) && times >= 1 ? Math.min(times, MAX_ROWS * 2) : 1;
}

function isHidden(attributes: string): boolean {
  return ["collapse", "filter"].includes(attribute(attributes, "visibility") ?? "");
}
