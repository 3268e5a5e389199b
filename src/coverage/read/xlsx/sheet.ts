import type { Merge, RawRow, RawValue } from "../../contract.ts";
import {
  FORMAT_COLUMNS,
  MAX_CELL_CHARACTERS,
  MAX_FILLED_COLUMNS,
  MAX_MERGES,
  MAX_ROWS,
} from "../limits.ts";
import { type Refusal, unsafe } from "../refusal.ts";
import { attribute, decoded, type XmlReader, XmlTokens } from "../xml.ts";
import { type ArchiveEntry, inflate } from "../zip.ts";
import { type CellContext, cellValue } from "./cell.ts";
import { TextOfRuns, unescapeControls } from "./runs.ts";

/** What a sheet has beside its values; complete when its rows are through. */
export interface SheetTraits {
  readonly merges: Merge[];
  hiddenRows: number;
  hiddenColumns: number;
}

/** No merges, nothing hidden. */
export function noTraits(): SheetTraits {
  return { merges: [], hiddenRows: 0, hiddenColumns: 0 };
}

/** The rows of a worksheet that have any value, as they are asked for; what else the sheet has is noted in `traits`. */
export async function* sheetRows(
  entry: ArchiveEntry,
  sheet: string,
  context: CellContext,
  traits: SheetTraits = noTraits(),
): AsyncGenerator<RawRow> {
  const reader = new SheetReader(sheet, entry.name, context, traits);
  const tokens = new XmlTokens(entry.name, reader);
  for await (const text of decoded(inflate(entry), entry.name)) {
    tokens.take(text);
    yield* reader.takeRows();
  }
  tokens.end();
}

class SheetReader implements XmlReader {
  readonly #sheet: string;
  readonly #context: CellContext;
  readonly #traits: SheetTraits;
  readonly #inline: TextOfRuns;
  #rows: RawRow[] = [];
  #row = 0;
  #cells: RawValue[] = [];
  #column = -1;
  #cell = { type: "", style: -1, hasFormula: false };
  #value = "";
  #formula = "";
  #in: "value" | "formula" | "inline" | null = null;

  constructor(sheet: string, part: string, context: CellContext, traits: SheetTraits) {
    this.#sheet = sheet;
    this.#context = context;
    this.#traits = traits;
    this.#inline = new TextOfRuns(part);
  }

  takeRows(): RawRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(tag: string, attributes: string): void {
    if (this.#in === "inline") this.#inline.open(tag);
    else if (tag === "c") this.#openCell(attributes);
    else if (tag === "v") this.#in = "value";
    else if (tag === "f") {
      this.#in = "formula";
      this.#cell.hasFormula = true;
    } else if (tag === "is") {
      this.#in = "inline";
      this.#inline.begin();
    } else if (tag === "row") this.#openRow(attributes);
    else if (tag === "mergeCell") this.#merge(attribute(attributes, "ref") ?? "");
    else if (tag === "col") this.#hiddenColumns(attributes);
  }

  text(text: string): void {
    if (this.#in === "value") this.#value += text;
    else if (this.#in === "formula") this.#formula = (this.#formula + text).slice(0, 200);
    else if (this.#in === "inline") this.#inline.text(text);
    if (this.#value.length > MAX_CELL_CHARACTERS) throw this.#tooLong();
  }

  close(tag: string): void {
    if (tag === "v" || tag === "f" || tag === "is") this.#in = null;
    else if (this.#in === "inline") this.#inline.close(tag);
    else if (tag === "c") this.#closeCell();
    else if (tag === "row" && this.#cells.length > 0) {
      this.#rows.push({ number: this.#row, cells: this.#cells });
    }
  }

  #openRow(attributes: string): void {
    const stated = attribute(attributes, "r");
    const number = stated === null ? this.#row + 1 : Number(stated);
    if (!(number > this.#row)) throw this.#broken();
    if (number > MAX_ROWS) throw unsafe("too_many_rows", { limit: MAX_ROWS }, this.#place());
    this.#row = number;
    this.#cells = [];
    this.#column = -1;
    const hidden = attribute(attributes, "hidden");
    if (hidden === "1" || hidden === "true") this.#traits.hiddenRows += 1;
  }

  #openCell(attributes: string): void {
    const ref = attribute(attributes, "r");
    this.#column = ref === null ? this.#column + 1 : columnOf(ref);
    if (this.#column >= FORMAT_COLUMNS) throw this.#tooWide();
    const style = attribute(attributes, "s");
    this.#cell = {
      type: attribute(attributes, "t") ?? "n",
      style: style === null ? -1 : Number(style),
      hasFormula: false,
    };
    this.#value = "";
    this.#formula = "";
    this.#inline.begin();
  }

  #closeCell(): void {
    const value = cellValue(
      {
        ...this.#cell,
        formula: this.#formula,
        value: unescapeControls(this.#value),
        inline: unescapeControls(this.#inline.value),
      },
      this.#context,
    );
    if (value === undefined) throw this.#broken();
    if (value === null || value === "") return;
    if (this.#column >= MAX_FILLED_COLUMNS) throw this.#tooWide();
    while (this.#cells.length < this.#column) this.#cells.push(null);
    this.#cells[this.#column] = value;
  }

  #merge(ref: string): void {
    const [from = "", to = from] = ref.split(":");
    const [top, left, bottom, right] = [rowOf(from), columnOf(from), rowOf(to), columnOf(to)];
    if (!(top >= 0 && left >= 0 && bottom >= top && right >= left)) throw this.#broken();
    if (this.#traits.merges.length >= MAX_MERGES) throw this.#broken();
    this.#traits.merges.push({ top, left, bottom, right });
  }

  #hiddenColumns(attributes: string): void {
    if (!["1", "true"].includes(attribute(attributes, "hidden") ?? "")) return;
    const [from, to] = [attribute(attributes, "min"), attribute(attributes, "max")].map(Number) as [
      number,
      number,
    ];
    // Whoever hides the rest of a sheet hides no figures.
    if (from <= MAX_FILLED_COLUMNS)
      this.#traits.hiddenColumns += Math.min(to, MAX_FILLED_COLUMNS) - from + 1;
  }

  #place() {
    return { sheet: this.#sheet, row: this.#row > 0 ? this.#row : null };
  }

  #broken(): Refusal {
    return unsafe("broken_sheet", {}, this.#place());
  }

  #tooWide(): Refusal {
    return unsafe("too_many_columns", { limit: MAX_FILLED_COLUMNS }, this.#place());
  }

  #tooLong(): Refusal {
    return unsafe("cell_too_long", { limit: MAX_CELL_CHARACTERS }, this.#place());
  }
}

/** Column of a reference such as `AB12`, from 0; beyond every limit where there is none. */
function columnOf(ref: string): number {
  let column = 0;
  let at = 0;
  for (; at < ref.length; at += 1) {
    const letter = ref.charCodeAt(at) & ~0x20;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return at === 0 || at > 3 ? FORMAT_COLUMNS : column - 1;
}

function rowOf(ref: string): number {
  return Number(/\d+$/.exec(ref)?.[0] ?? 0) - 1;
}
