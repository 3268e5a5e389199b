import type { StatedFigure } from "../contract.ts";

interface ColumnNumbers {
  readonly sheet: string | null;
  readonly header: string;
  /** Of cells that don't say themselves that they are percentages. */
  lowest: number;
  highest: number;
  /** Rows whose counts say which way the column is written. */
  asPercent: number;
  asRatio: number;
  /** Whether any of its figures has a numerator. */
  counted: boolean;
}

/** What the columns of percentages hold, to tell those that are written as 0–1. */
export class PercentageColumns {
  readonly #columns = new Map<string, ColumnNumbers>();
  #written: ReadonlySet<string> | null = null;

  add(sheet: string | null, figure: StatedFigure): void {
    const { columns, statedRatio, percentSign, numerator, denominator } = figure;
    const { ratio: header } = columns;
    if (header === null || statedRatio === null) return;
    const column = this.#column(sheet, header);
    if (percentSign !== true) {
      column.lowest = Math.min(column.lowest, statedRatio);
      column.highest = Math.max(column.highest, statedRatio);
    }
    column.counted ||= numerator !== null;
    if (numerator === null || denominator === null || denominator <= 0 || statedRatio === 0) return;
    if (percentSign === true) return;
    const share = numerator / denominator;
    const percentOff = Math.abs(share - statedRatio);
    if (percentOff < Math.abs(share - statedRatio * 100)) column.asPercent += 1;
    else column.asRatio += 1;
  }

  /** Whether a column's numbers are all within 0–1, and its rows' own counts don't say that these are percents. */
  readonly isRatio = (sheet: string | null, header: string | null): boolean => {
    this.#written ??= new Set(this.ratioColumns().map((each) => keyOf(each.sheet, each.header)));
    return header !== null && this.#written.has(keyOf(sheet, header));
  };

  /**
   * Whether a percentage within 0–1 stands among others that are above 1, and nothing says which of the two it is: 0.85
   * may be 85 % or 0.85 %.
   */
  readonly isMixed = (sheet: string | null, figure: StatedFigure): boolean => {
    const { columns, statedRatio, percentSign, numerator } = figure;
    if (columns.ratio === null || statedRatio === null || percentSign === true) return false;
    if (numerator !== null || statedRatio <= 0 || !isWithinOne(statedRatio)) return false;
    const column = this.#columns.get(keyOf(sheet, columns.ratio));
    if (column === undefined || isWithinOne(column.highest)) return false;
    return column.asRatio > 0 || column.asPercent === 0;
  };

  /** Columns that are written as 0–1, each once. */
  ratioColumns(): readonly { readonly sheet: string | null; readonly header: string }[] {
    return [...this.#columns.values()].filter(
      ({ lowest, highest, asPercent, asRatio }) =>
        lowest >= 0 && highest > 0 && isWithinOne(highest) && asPercent <= asRatio,
    );
  }

  /** Columns without any count beside them: what they say enters no sum. */
  percentOnly(): readonly { readonly sheet: string | null; readonly header: string }[] {
    return [...this.#columns.values()].filter(({ counted }) => !counted);
  }

  #column(sheet: string | null, header: string): ColumnNumbers {
    const key = keyOf(sheet, header);
    const known = this.#columns.get(key);
    if (known) return known;
    const made = {
      sheet,
      header,
      lowest: Number.POSITIVE_INFINITY,
      highest: Number.NEGATIVE_INFINITY,
      asPercent: 0,
      asRatio: 0,
      counted: false,
    };
    this.#columns.set(key, made);
    return made;
  }
}

/** Whether what was taken for a percentage was written as a number up to 1. */
function isWithinOne(statedRatio: number): boolean {
  return statedRatio * 100 <= 1 + 1e-9;
}

function keyOf(sheet: string | null, header: string): string {
  return `${sheet ?? ""}\n${header}`;
}
