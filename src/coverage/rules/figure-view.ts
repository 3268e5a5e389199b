import type { Day } from "../../domain/calendar.ts";
import {
  type Basis,
  type FigureKey,
  type FigureValue,
  REPORTED_DENOMINATOR,
} from "../../domain/coverage/figure.ts";
import type { Indicator } from "../../domain/coverage/indicator.ts";
import type { AdminLevel } from "../../domain/units/unit.ts";
import type { StatedFigure } from "../contract.ts";
import type { Scene } from "./scene.ts";

/** One indicator's part of a row, with what it comes to. */
export interface FigureView {
  readonly stated: StatedFigure;
  /** The definition in force on the day; null: none is, or there is no day. */
  readonly indicator: Indicator | null;
  readonly basis: Basis | null;
  /** The percentage as a ratio, whichever way its column writes it. */
  readonly ratio: number | null;
  /** How many decimals of a percent it was given with. */
  readonly ratioDecimals: number;
  readonly denominator: number | null;
  /** What would be recorded; null where the numbers can't be, or there are none. */
  readonly value: FigureValue | null;
}

const NOTHING = { numerator: null, denominator: null, denominatorSource: null, statedRatio: null };

/** The database keeps ratios with eight decimals: equal ones must stay equal. */
const RATIO_SCALE = 1e8;

/** A stated figure, seen on its day. `ratioColumn`: its percentages are written as 0–1. */
export function viewFigure(
  stated: StatedFigure,
  at: { readonly asOf: Day | null; readonly level: AdminLevel; readonly ratioColumn: boolean },
  scene: Scene,
): FigureView {
  const indicator = at.asOf === null ? null : scene.indicatorOn(stated.indicator, at.asOf);
  const scaled = at.ratioColumn && stated.statedRatio !== null;
  const ratio = scaled ? (stated.statedRatio ?? 0) * 100 : stated.statedRatio;
  const denominator = denominatorOf(stated, indicator, at.level);
  return {
    stated,
    indicator,
    basis: stated.basis ?? scene.settings.basis,
    ratio,
    ratioDecimals: Math.max(0, stated.ratioDecimals - (scaled ? 2 : 0)),
    denominator,
    value: valueOf(stated, indicator, ratio, denominator),
  };
}

/** Of a count there is none; a commune is one commune, whether or not the file has a column that says so. */
function denominatorOf(
  stated: StatedFigure,
  indicator: Indicator | null,
  level: AdminLevel,
): number | null {
  if (indicator?.denominatorKind === null) return null;
  const yesNo = indicator?.denominatorKind === "communes" && level === "commune";
  return stated.denominator ?? (yesNo && stated.numerator !== null ? 1 : null);
}

/** The value that the database's own checks would let in, or null. */
function valueOf(
  stated: StatedFigure,
  indicator: Indicator | null,
  ratio: number | null,
  denominator: number | null,
): FigureValue | null {
  if (indicator === null) return null;
  if (stated.status !== "present") return { status: stated.status, ...NOTHING };
  const { numerator } = stated;
  if (numerator === null) {
    if (ratio === null || denominator === 0 || !(ratio >= 0 && ratio <= 1)) return null;
    const statedRatio = Math.round(ratio * RATIO_SCALE) / RATIO_SCALE;
    return { ...NOTHING, status: "present", statedRatio };
  }
  if (!isCount(numerator)) return null;
  if (indicator.denominatorKind === null) return { ...NOTHING, status: "present", numerator };
  if (denominator === null || denominator === 0 || !isCount(denominator)) return null;
  if (numerator > denominator) return null;
  const denominatorSource = stated.denominatorSource ?? REPORTED_DENOMINATOR;
  return { status: "present", numerator, denominator, denominatorSource, statedRatio: null };
}

/** Whether a number is a whole one that counts can be, and is kept exactly. */
export function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** The share that a value states, or null. */
export function shareOf(value: Pick<FigureValue, "numerator" | "denominator" | "statedRatio">) {
  if (value.numerator !== null && value.denominator !== null) {
    return value.numerator / value.denominator;
  }
  return value.statedRatio;
}

/** What a figure is of, or null while that is not certain. */
export function keyOf(
  figure: FigureView,
  unitId: number | null,
  asOf: Day | null,
  scene: Scene,
): FigureKey | null {
  const { indicator, basis, stated } = figure;
  if (unitId === null || asOf === null || indicator === null || basis === null) return null;
  return {
    unitId,
    indicator: indicator.code,
    indicatorVersion: indicator.version,
    operator: stated.operator,
    asOf,
    basis,
    source: scene.settings.source,
  };
}
