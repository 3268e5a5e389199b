import type { Day } from "../calendar.ts";

/** How a figure came about. Only the first three are observations; `projected` never enters a roll-up. */
export const BASES = ["reported", "measured", "modelled", "projected", "estimated"] as const;

export type Basis = (typeof BASES)[number];

/** Whether there is a value, and if not, why not. `withdrawn`: it was published and is taken back. */
export const FIGURE_STATUSES = [
  "present",
  "suppressed",
  "not_collected",
  "not_applicable",
  "withdrawn",
] as const;

export type FigureStatus = (typeof FIGURE_STATUSES)[number];

/** Who stands behind figures; `publication`: read in a public text, not sent to this register. */
export const SOURCE_KINDS = [
  "operator",
  "province",
  "ministry",
  "survey",
  "crowd",
  "publication",
] as const;

export type SourceKind = (typeof SOURCE_KINDS)[number];

/** The operator that stands for all of them together. */
export const ALL_OPERATORS = "all";

/** The denominator's origin where it came in the same report as the numerator. */
export const REPORTED_DENOMINATOR = "report";

/** What a figure is of: two figures with the same key are two revisions of one. */
export interface FigureKey {
  readonly unitId: number;
  readonly indicator: string;
  readonly indicatorVersion: number;
  /** `all`, or the slug of one operator. */
  readonly operator: string;
  /** The day that it is true of. */
  readonly asOf: Day;
  readonly basis: Basis;
  readonly source: string;
}

/**
 * What a figure says. Of a counted share: numerator and denominator, whole numbers; of a count: the numerator alone;
 * where the report gave nothing but a percentage: `statedRatio` (0–1), which enters no roll-up. All null unless
 * `status` is `present`.
 */
export interface FigureValue {
  readonly status: FigureStatus;
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** Where the denominator is from; null without one. Denominators of different origin are never added up. */
  readonly denominatorSource: string | null;
  readonly statedRatio: number | null;
}

/** A figure on its way into the register. */
export interface NewFigure extends FigureKey, FigureValue {
  readonly sheet: string | null;
  /** Row in the file, counted as spreadsheets do; null where there is no file. */
  readonly row: number | null;
  readonly note: string | null;
}

/** A figure as the register has it. */
export interface RecordedFigure extends FigureKey, FigureValue {
  readonly id: number;
  /** 1 at first, one more with each correction. */
  readonly revision: number;
}

const texts = new WeakMap<FigureKey, string>();

/** One text per key: equal keys give equal texts; made once for each object. */
export function keyText(key: FigureKey): string {
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = [
    key.unitId,
    key.indicator,
    key.indicatorVersion,
    key.operator,
    key.asOf,
    key.basis,
    key.source,
  ].join("|");
  texts.set(key, text);
  return text;
}

/** Whether two figures say the same. */
export function sameValue(one: FigureValue, other: FigureValue): boolean {
  return (
    one.status === other.status &&
    one.numerator === other.numerator &&
    one.denominator === other.denominator &&
    one.denominatorSource === other.denominatorSource &&
    one.statedRatio === other.statedRatio
  );
}
