import type { Day } from "../../domain/calendar.ts";
import {
  FIGURE_STATUSES,
  type FigureStatus,
  type FigureValue,
  sameValue,
} from "../../domain/coverage/figure.ts";
import { DayNumbers } from "./day-numbers.ts";
import { Interned } from "./interned.ts";
import { NumberColumn } from "./number-column.ts";

/** A value of the file, with where it stands. */
export interface TableEntry {
  readonly sheet: string | null;
  readonly row: number;
  readonly asOf: Day;
  readonly value: FigureValue;
}

/** What an entry is of: a series (indicator, version, operator, basis, or a denominator), a unit, a day. */
export interface TableSpot {
  readonly series: string;
  readonly unitId: number;
  readonly asOf: Day;
}

const SERIES = 2 ** 16;
const UNITS = 2 ** 20;
const DAYS = 2 ** 16;

/**
 * Every figure of a file at about 50 bytes each: one number is the whole key (series, unit, day), so that sorting by it
 * brings duplicates and the quarters of one unit together.
 */
export class FigureTable {
  readonly #series = new Interned();
  readonly #sheets = new Interned();
  readonly #origins = new Interned();
  readonly #days = new DayNumbers();
  #size = 0;
  readonly #keys = new NumberColumn(Float64Array);
  readonly #numerators = new NumberColumn(Float64Array);
  readonly #denominators = new NumberColumn(Float64Array);
  readonly #ratios = new NumberColumn(Float64Array);
  readonly #rows = new NumberColumn(Uint32Array);
  readonly #sheetOf = new NumberColumn(Uint32Array);
  readonly #originOf = new NumberColumn(Uint32Array);
  readonly #statusOf = new NumberColumn(Uint8Array);
  #order = new Uint32Array(0);
  /** By the position of the first entry of a place that has several: that of the first with another value. */
  readonly #repeats = new Map<number, number | null>();

  /** Rows are added in the order of the file, before anything is asked. */
  add(spot: TableSpot, value: FigureValue, at: { sheet: string | null; row: number }): void {
    const index = this.#size++;
    this.#keys.set(index, this.#keyNumber(this.#series.numberOf(spot.series), spot));
    this.#numerators.set(index, value.numerator ?? Number.NaN);
    this.#denominators.set(index, value.denominator ?? Number.NaN);
    this.#ratios.set(index, value.statedRatio ?? Number.NaN);
    this.#rows.set(index, at.row);
    this.#sheetOf.set(index, this.#sheets.numberOf(at.sheet ?? ""));
    this.#originOf.set(index, this.#origins.numberOf(value.denominatorSource ?? ""));
    this.#statusOf.set(index, FIGURE_STATUSES.indexOf(value.status));
  }

  /** Ends the adding. */
  seal(): void {
    const keys = this.#keys;
    this.#order = Uint32Array.from({ length: this.#size }, (_, index) => index);
    this.#order.sort((a, b) => keys.at(a) - keys.at(b) || a - b);
    this.#findRepeats();
  }

  /** The first entry of exactly this place in the order of the file, or null. */
  first(spot: TableSpot): TableEntry | null {
    const at = this.#find(spot);
    return at === null ? null : this.#entry(at);
  }

  /** What stands in the file more than once: its first entry and the first that says something else, if any does. */
  repeats(
    spot: TableSpot,
  ): { readonly first: TableEntry; readonly differing: TableEntry | null } | null {
    const at = this.#find(spot);
    const differing = at === null ? undefined : this.#repeats.get(at);
    if (at === null || differing === undefined) return null;
    return {
      first: this.#entry(at),
      differing: differing === null ? null : this.#entry(differing),
    };
  }

  /** The last entry of the same series and unit on an earlier day, or null. */
  before(spot: TableSpot): TableEntry | null {
    const series = this.#series.known(spot.series);
    if (series === undefined) return null;
    const key = this.#keyNumber(series, spot);
    const at = this.#firstAtLeast(key) - 1;
    const sameUnit = at >= 0 && Math.floor(this.#keyAt(at) / DAYS) === Math.floor(key / DAYS);
    return sameUnit ? this.#entry(at) : null;
  }

  #find(spot: TableSpot): number | null {
    const series = this.#series.known(spot.series);
    if (series === undefined) return null;
    const key = this.#keyNumber(series, spot);
    const at = this.#firstAtLeast(key);
    return at < this.#size && this.#keyAt(at) === key ? at : null;
  }

  /** Exact: 16 bits of series, 20 of unit and 16 of day are less than the 53 that a number keeps. */
  #keyNumber(series: number, { unitId, asOf }: TableSpot): number {
    if (series >= SERIES || unitId >= UNITS) {
      throw new Error(`series ${series} of unit ${unitId} is more than the table can tell apart`);
    }
    return (series * UNITS + unitId) * DAYS + this.#days.numberOf(asOf);
  }

  /** A file can have one figure a hundred thousand times: it is looked through once. */
  #findRepeats(): void {
    let first = 0;
    for (let at = 1; at < this.#size; at += 1) {
      if (this.#keyAt(at) !== this.#keyAt(first)) {
        first = at;
        continue;
      }
      const found = this.#repeats.get(first) ?? null;
      const differs = found === null && !sameValue(this.#entry(first).value, this.#entry(at).value);
      this.#repeats.set(first, differs ? at : found);
    }
  }

  #keyAt(position: number): number {
    return this.#keys.at(this.#order[position] ?? 0);
  }

  #firstAtLeast(key: number): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#keyAt(middle) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #entry(position: number): TableEntry {
    const index = this.#order[position] ?? 0;
    const status: FigureStatus = FIGURE_STATUSES[this.#statusOf.at(index)] ?? "present";
    return {
      sheet: this.#sheets.textOf(this.#sheetOf.at(index)) || null,
      row: this.#rows.at(index),
      asOf: this.#days.dayOf(this.#keys.at(index) % DAYS),
      value: {
        status,
        numerator: numberOrNull(this.#numerators.at(index)),
        denominator: numberOrNull(this.#denominators.at(index)),
        denominatorSource: this.#origins.textOf(this.#originOf.at(index)) || null,
        statedRatio: numberOrNull(this.#ratios.at(index)),
      },
    };
  }
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
