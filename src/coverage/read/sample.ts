import type { RawValue } from "../contract.ts";

/** Characters of text beyond ASCII that are looked at to tell how it was written. */
const ENOUGH = 20_000;

/** Letters beyond ASCII, or the question marks that stand for lost ones. */
const WORTH_A_LOOK = /\P{ASCII}|\p{L}\?\p{L}/u;

/** Collects text with letters beyond ASCII while rows go by, up to what is enough to judge its spelling. */
export class SampleTaker {
  #texts: string[] = [];
  #length = 0;

  take(cells: readonly RawValue[]): void {
    if (this.#length >= ENOUGH) return;
    for (const cell of cells) {
      if (typeof cell !== "string" || !WORTH_A_LOOK.test(cell)) continue;
      const text = cell.slice(0, 200);
      this.#texts.push(text);
      this.#length += text.length;
    }
  }

  get text(): string {
    return this.#texts.join("\n");
  }
}
