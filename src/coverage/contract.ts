import type { Day } from "../domain/calendar.ts";
import type {
  Basis,
  FigureKey,
  FigureStatus,
  NewFigure,
  RecordedFigure,
} from "../domain/coverage/figure.ts";
import type { ImportFault } from "../domain/coverage/import-fault.ts";
import type { DenominatorKind, Indicator } from "../domain/coverage/indicator.ts";
import type { Unit, UnitBook } from "../domain/units/unit.ts";

// What the steps of an import hand on: bytes → read/ → sheets → understand/ → rows → rules/ → judged rows.
// Rows are streamed, and may be asked for again: what is decided per column or per file takes a pass of its own.

/** A file as it came. */
export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * A cell: `percent` is a number that the spreadsheet shows as a percentage, as it is shown (85.5 for 85,5 %), `no_value`
 * is a formula without a stored result, `error` a spreadsheet's error such as #REF!. */
export type RawValue =
  | string
  | number
  | boolean
  | Date
  | null
  | { readonly percent: number }
  | { readonly problem: "no_value" | "error"; readonly text: string };

export interface RawRow {
  /** As spreadsheets count, from 1. */
  readonly number: number;
  readonly cells: readonly RawValue[];
}

/** Merged cells, rows and columns counted from 0, both ends included. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface ReadSheet {
  /** Null for a file without sheets. */
  readonly name: string | null;
  readonly merges: readonly Merge[];
  /** From the first row on, empty ones left out; may be called again. */
  readonly rows: () => AsyncIterable<RawRow>;
}

/** A file that could be opened. Hidden sheets are left out and told among the faults. */
export interface ReadFile {
  readonly name: string;
  readonly format: "csv" | "xlsx" | "ods";
  /** Of text files: the encoding, whether it had to be guessed, and some of its text as it was understood. */
  readonly encoding: {
    readonly name: string;
    readonly guessed: boolean;
    readonly sample: string;
  } | null;
  readonly sheets: readonly ReadSheet[];
  readonly faults: readonly ImportFault[];
}

/** What the person who imports states beside the file. */
export interface ImportSettings {
  /** Slug of the source; the figures' identity depends on it. */
  readonly source: string;
  /** Of rows that don't say: the day that they are true of. */
  readonly asOf: Day | null;
  /** The day whose units the codes are of, where it is not that of the figures (`--units`). */
  readonly unitsDay: Day | null;
  /** Of rows that don't say. */
  readonly basis: Basis | null;
  readonly operator: string;
  /** Why figures that are there are corrected; without it corrections are held for review. */
  readonly reason: string | null;
  /** Code of the only province that may be written, where the key is limited to one. */
  readonly onlyProvince: string | null;
  /** The present day in the reporting time zone. */
  readonly today: Day;
}

/** What the register knows beforehand. */
export interface Register {
  readonly units: UnitBook;
  /** Every version of every indicator. */
  readonly indicators: readonly Indicator[];
  readonly denominatorKinds: readonly DenominatorKind[];
  /** Slugs of the operators that figures may be of, beside `all`. */
  readonly operators: readonly string[];
}

/** Where a row says that it is; codes and names as text, before anything is looked up. */
export interface StatedPlace {
  /** `commune` unless the row has no commune column at all. */
  readonly level: "country" | "province" | "commune";
  readonly code: string | null;
  /** As it stands in the cell, where it is not as `code`: `97.0`, `4` . */
  readonly codeAsWritten: string | null;
  readonly name: string | null;
  readonly provinceCode: string | null;
  readonly provinceName: string | null;
  /** The province that the sheet's title is of; it only tells namesakes apart where the row itself names none. */
  readonly titledProvince?: string | null;
}

/** One indicator's part of a row, numbers already numbers. */
export interface StatedFigure {
  readonly indicator: string;
  /** Null: the version in force on the day. */
  readonly version: number | null;
  readonly operator: string;
  readonly basis: Basis | null;
  readonly status: FigureStatus;
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** `report`, or what the row says of it. */
  readonly denominatorSource: string | null;
  /** The percentage beside or instead of the counts, as a ratio 0–1 and more or less than that where it is wrong. */
  readonly statedRatio: number | null;
  /** How many decimals the percentage was given with. */
  readonly ratioDecimals: number;
  /** The cell itself says that it is a percentage, so that `0,5 %` is half a percent, whatever its column is like. */
  readonly percentSign?: boolean;
  /** Headers of the columns that it came from, for faults. */
  readonly columns: {
    readonly numerator: string | null;
    readonly denominator: string | null;
    readonly ratio: string | null;
  };
}

/** A row as it was understood, before it is judged. Total rows and headers are left out. */
export interface UnderstoodRow {
  readonly sheet: string | null;
  readonly number: number;
  readonly place: StatedPlace;
  readonly asOf: Day | null;
  readonly figures: readonly StatedFigure[];
  /** Counts of denominators that the row has, by kind: households, population, hamlets. */
  readonly denominators: Readonly<Record<string, number>>;
  /** What was wrong or guessed while reading it (V10, V13, V14, V16, …); a `reject_row` among them refuses it. */
  readonly faults: readonly ImportFault[];
}

/** A row that adds others up, kept for V26: the level that it is the total of. */
export interface TotalRow {
  readonly sheet: string | null;
  readonly number: number;
  readonly level: "country" | "province" | "district";
  readonly provinceCode: string | null;
  readonly provinceName: string | null;
  readonly figures: readonly StatedFigure[];
}

/** What a column was taken for. */
export interface UnderstoodColumn {
  readonly sheet: string | null;
  /** The header as written; several header rows are joined by ` / `. */
  readonly header: string;
  readonly letter: string;
  /** `commune_code`, `numerator:pop_4g`, `denominator:households`, `ratio:pop_4g`, `ignored`, … */
  readonly role: string;
  /** How its numbers are written, where it has any that tell. */
  readonly decimal: "," | "." | null;
}

/** A file whose headers make sense. */
export interface Understood {
  readonly columns: readonly UnderstoodColumn[];
  readonly faults: readonly ImportFault[];
  readonly totals: readonly TotalRow[];
  readonly rows: () => AsyncIterable<UnderstoodRow>;
}

export type RowVerdict = "accepted" | "held" | "refused";

/** A row with what becomes of it. A held one has the figures that it would bring. */
export interface JudgedRow {
  readonly sheet: string | null;
  readonly number: number;
  readonly verdict: RowVerdict;
  readonly unit: Unit | null;
  /** New or changed ones; what is recorded already and equal is only counted. */
  readonly figures: readonly NewFigure[];
  readonly unchanged: number;
  readonly faults: readonly ImportFault[];
}

/** What the register has of figures that a chunk of rows speaks of. */
export interface RecordedFigures {
  /** The present revision of a figure, or null. */
  readonly current: (key: FigureKey) => RecordedFigure | null;
  /** The last figure of the same unit, indicator version, operator, basis and source before that day, or null. */
  readonly before: (key: FigureKey) => RecordedFigure | null;
}

/** Looks up, in one question to the database, what is recorded of these figures. */
export type LookUpRecorded = (keys: readonly FigureKey[]) => Promise<RecordedFigures>;

/** What came of judging a file: refused as a whole, or rows, to be taken once. */
export type Judged =
  | { readonly refused: true; readonly faults: readonly ImportFault[] }
  | {
      readonly refused: false;
      /** Faults of the file that don't stop it. */
      readonly faults: readonly ImportFault[];
      readonly rows: () => AsyncIterable<JudgedRow>;
    };

/** Told now and then: how many rows the present step has been through. */
export type OnProgress = (step: "reading" | "checking" | "writing", rows: number) => void;
