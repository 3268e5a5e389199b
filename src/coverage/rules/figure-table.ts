import type { Day } from "../../domain/calendar.ts";
import {
  FIGURE_STATUSES,
  type FigureStatus,
  type FigureValue,
  sameValue,
} from "../../domain/coverage/figure.ts";
import { DayNumbers } from "./day-numbers.ts";
import { Interned } from "./interned.ts";

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
const FIRST_SIZE = 1024;

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
  #keys = new Float64Array(FIRST_SIZE);
  #numerators = new Float64Array(FIRST_SIZE);
  #denominators = new Float64Array(FIRST_SIZE);
  #ratios = new Float64Array(FIRST_SIZE);
  #rows = new Uint32Array(FIRST_SIZE);
  #sheetOf = new Uint32Array(FIRST_SIZE);
  #originOf = new Uint32Array(FIRST_SIZE);
  #statusOf = new Uint8Array(FIRST_SIZE);
  #order = new Uint32Array(0);
  /** By the position of the first entry of a place that has several: that of the first with another value. */
  readonly #repeats = new Map<number, number | null>();

  /** Rows are added in the order of the file, before anything is asked. */
  add(spot: TableSpot, value: FigureValue, at: { sheet: string | null; row: number }): void {
    if (this.#size === this.#keys.length) this.#grow();
    const index = this.#size++;
    this.#keys[index] = this.#keyNumber(this.#series.numberOf(spot.series), spot);
    this.#numerators[index] = value.numerator ?? Number.NaN;
    this.#denominators[index] = value.denominator ?? Number.NaN;
    this.#ratios[index] = value.statedRatio ?? Number.NaN;
    this.#rows[index] = at.row;
    this.#sheetOf[index] = this.#sheets.numberOf(at.sheet ?? "");
    this.#originOf[index] = this.#origins.numberOf(value.denominatorSource ?? "");
    this.#statusOf[index] = FIGURE_STATUSES.indexOf(value.status);
  }

  /** Ends the adding. */
  seal(): void {
    const keys = this.#keys;
    this.#order = Uint32Array.from({ length: this.#size }, (_, index) => index);
    this.#order.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
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
    return this.#keys[this.#order[position] ?? 0] ?? 0;
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
    const status: FigureStatus = FIGURE_STATUSES[this.#statusOf[index] ?? 0] ?? "present";
    return {
      sheet: this.#sheets.textOf(this.#sheetOf[index] ?? 0) || null,
      row: this.#rows[index] ?? 0,
      asOf: this.#days.dayOf((this.#keys[index] ?? 0) % DAYS),
      value: {
        status,
        numerator: numberOrNull(this.#numerators[index]),
        denominator: numberOrNull(this.#denominators[index]),
        denominatorSource: this.#origins.textOf(this.#originOf[index] ?? 0) || null,
        statedRatio: numberOrNull(this.#ratios[index]),
      },
    };
  }

  #grow(): void {
    const size = this.#keys.length * 2;
    this.#keys = grown(this.#keys, new Float64Array(size));
    this.#numerators = grown(this.#numerators, new Float64Array(size));
    this.#denominators = grown(this.#denominators, new Float64Array(size));
    this.#ratios = grown(this.#ratios, new Float64Array(size));
    this.#rows = grown(this.#rows, new Uint32Array(size));
    this.#sheetOf = grown(this.#sheetOf, new Uint32Array(size));
    this.#originOf = grown(this.#originOf, new Uint32Array(size));
    this.#statusOf = grown(this.#statusOf, new Uint8Array(size));
  }
}

function grown<Column extends { set: (from: Column) => void }>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}

function numberOrNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
