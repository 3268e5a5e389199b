import type { RawValue } from "../contract.ts";
import { isBlank } from "./fault.ts";
import { numberText } from "./number-text.ts";
import { isMark } from "./status-words.ts";

/** How the numbers of one column are written. */
export interface ColumnNumbers {
  /** The decimal sign that its cells prove; null where none does, or where they prove both. */
  readonly decimal: "," | "." | null;
  /** Cells prove both signs. */
  readonly conflict: boolean;
  /**
   * The sign that stands before three digits in so many cells that nothing else explains it than groups of thousands;
   * said of cells that no decimal sign proves (`1.234`), and of use for counts alone.
   */
  readonly grouping: "," | "." | null;
  /** Most of its numbers are such as counts have when a spreadsheet takes their dots for decimal signs: 1.234, 2.5. */
  readonly thousandsLost: boolean;
  /** All that it has are marks such as `x` and empty cells. */
  readonly onlyMarks: boolean;
}

/**
 * From so many cells on, all with exactly three digits behind the one sign, a column of counts groups thousands: counts
 * have no decimals, and those of other numbers would not all be three digits long. One cell alone proves nothing.
 */
const GROUPING_FROM = 3;

/** So many broken numbers, and half of all, are no slips. */
const BROKEN_FROM = 3;

/** What the cells of one column tell, counted while they go by. */
export class ColumnTally {
  #filled = 0;
  #comma = 0;
  #dot = 0;
  #marks = 0;
  #broken = 0;
  readonly #grouped = { ",": 0, ".": 0 };

  add(value: RawValue): void {
    if (isBlank(value)) return;
    this.#filled += 1;
    if (typeof value === "number" && isBroken(value)) this.#broken += 1;
    if (typeof value !== "string") return;
    const said = mayTell(value) ? numberText(value) : null;
    if (said?.evidence === ",") this.#comma += 1;
    if (said?.evidence === ".") this.#dot += 1;
    if (said?.ambiguous === true) this.#grouped[value.includes(".") ? "." : ","] += 1;
    if (isMark(value)) this.#marks += 1;
  }

  get filled(): boolean {
    return this.#filled > 0;
  }

  get numbers(): ColumnNumbers {
    const conflict = this.#comma > 0 && this.#dot > 0;
    return {
      decimal: conflict ? null : this.#comma > 0 ? "," : this.#dot > 0 ? "." : null,
      conflict,
      grouping: this.#grouping(),
      thousandsLost: this.#thousandsLost(),
      onlyMarks: this.#marks > 0 && this.#marks === this.#filled,
    };
  }

  #thousandsLost(): boolean {
    // Texts such as 1.2 prove the sign; those such as 1.234 are then broken too.
    const texts =
      this.#dot > 0 && this.#comma === 0
        ? this.#dot + this.#grouped["."]
        : this.#comma > 0 && this.#dot === 0
          ? this.#comma + this.#grouped[","]
          : 0;
    const broken = this.#broken + texts;
    return broken >= BROKEN_FROM && broken * 2 >= this.#filled;
  }

  #grouping(): "," | "." | null {
    const { ",": commas, ".": dots } = this.#grouped;
    if (commas > 0 && dots > 0) return null;
    if (dots >= GROUPING_FROM) return ".";
    return commas >= GROUPING_FROM ? "," : null;
  }
}

/** A number with one to three decimals, as thousands have behind their dot. */
function isBroken(value: number): boolean {
  return !Number.isInteger(value) && Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-6;
}

/** Whether a text may be a number with a decimal or grouping sign; saves a closer look at all others. */
function mayTell(text: string): boolean {
  return /^[\s\d+−–-]/u.test(text) && /[.,]/u.test(text);
}
