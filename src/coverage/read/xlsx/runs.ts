import { MAX_CELL_CHARACTERS } from "../limits.ts";
import { unsafe } from "../refusal.ts";

/** The plain text of an `si` or `is` element: its runs joined, readings for Japanese (`rPh`) left out (ECMA-376 18.4). */
export class TextOfRuns {
  readonly #part: string;
  #value = "";
  #inText = false;
  #inReading = false;

  constructor(part: string) {
    this.#part = part;
  }

  get value(): string {
    return this.#value;
  }

  begin(): void {
    this.#value = "";
    this.#inText = false;
    this.#inReading = false;
  }

  open(tag: string): void {
    if (tag === "rPh") this.#inReading = true;
    else if (tag === "t") this.#inText = !this.#inReading;
  }

  close(tag: string): void {
    if (tag === "rPh") this.#inReading = false;
    else if (tag === "t") this.#inText = false;
  }

  text(text: string): void {
    if (!this.#inText) return;
    this.#value += text;
    if (this.#value.length > MAX_CELL_CHARACTERS) {
      throw unsafe("cell_too_long", { name: this.#part, limit: MAX_CELL_CHARACTERS });
    }
  }
}

/** Control characters that Excel writes as `_x000D_` (ECMA-376 22.9.2.19). */
export function unescapeControls(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
}

/** The same text in memory of its own: a slice would keep the whole piece of XML that it was cut from. */
export function ownCopy(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, "utf16le").toString("utf16le");
}
