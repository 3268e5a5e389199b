import { ALL_OPERATORS } from "../../domain/coverage/figure.ts";
import type { MissingReason } from "../../domain/coverage/sum.ts";
import type { CurrentFigure } from "./current-figures.ts";

/** What one unit brings into a sum: a value, or the reason why it has none. */
export interface Piece {
  readonly unit: number;
  readonly status: "present" | MissingReason;
  readonly numerator: number;
  /** 0 for a count. */
  readonly denominator: number;
  /** Where the denominator is from; null for a count and without a value. */
  readonly origin: string | null;
  /** How several operators became this value; null where there was only one for all. */
  readonly operators: "all" | "max" | null;
  readonly madeUp: boolean;
  /** The figure that this was taken from. */
  readonly figure: CurrentFigure;
}

/** How an indicator's figures are read. */
export interface Reading {
  /** Whether a numerator counts only over a denominator. */
  readonly share: boolean;
  /** The greatest operator may stand for all of them where nobody gave the union. */
  readonly greatestOperator: boolean;
  /** Only this operator's figures; undefined: all operators as one. */
  readonly operator: string | undefined;
}

/**
 * One piece per unit and day from all that sources and operators gave: a value before none, the value for all operators
 * before the greatest of theirs (never their sum), the source of the lowest rank before others.
 */
export function choosePieces(
  figures: readonly CurrentFigure[],
  reading: Reading,
): Map<number, Piece> {
  const byUnit = Map.groupBy(figures, (figure) => figure.unit_id);
  const pieces = new Map<number, Piece>();
  for (const [unit, given] of byUnit) {
    const chosen = choose(given, reading);
    if (chosen) pieces.set(unit, toPiece(unit, chosen, reading));
  }
  return pieces;
}

interface Chosen {
  readonly figure: CurrentFigure;
  readonly operators: Piece["operators"];
}

function choose(given: readonly CurrentFigure[], reading: Reading): Chosen | null {
  const wanted = reading.operator ?? ALL_OPERATORS;
  // Nearly always there is one: this is done for every commune.
  const [only] = given;
  if (given.length === 1 && only?.operator === wanted) return { figure: only, operators: null };
  const ranked = given.toSorted(byPreference(reading));
  const united = ranked.find(({ operator }) => operator === wanted);
  if (reading.operator !== undefined) return united ? { figure: united, operators: null } : null;
  const single = ranked.filter(({ operator }) => operator !== ALL_OPERATORS);
  if (united && isUsable(united, reading)) {
    return { figure: united, operators: single.length > 0 ? "all" : null };
  }
  const greatest = reading.greatestOperator ? greatestOf(single, reading) : null;
  if (greatest) return { figure: greatest, operators: "max" };
  const first = united ?? (reading.greatestOperator ? single[0] : undefined);
  return first ? { figure: first, operators: null } : null;
}

/** Of each operator the preferred figure, and of these the one with the greatest numerator. */
function greatestOf(ranked: readonly CurrentFigure[], reading: Reading): CurrentFigure | null {
  const perOperator = new Map<string, CurrentFigure>();
  for (const figure of ranked) {
    if (isUsable(figure, reading) && !perOperator.has(figure.operator)) {
      perOperator.set(figure.operator, figure);
    }
  }
  const [first, ...others] = perOperator.values();
  if (!first) return null;
  return others.reduce(
    (best, each) => ((each.numerator ?? 0) > (best.numerator ?? 0) ? each : best),
    first,
  );
}

function byPreference(reading: Reading) {
  return (one: CurrentFigure, other: CurrentFigure): number =>
    Number(isUsable(other, reading)) - Number(isUsable(one, reading)) ||
    Number(one.status === "withdrawn") - Number(other.status === "withdrawn") ||
    one.rank - other.rank ||
    compareText(one.source_code, other.source_code) ||
    compareText(one.operator, other.operator);
}

function isUsable(figure: CurrentFigure, { share }: Reading): boolean {
  if (figure.status !== "present" || figure.numerator === null) return false;
  return !share || figure.denominator !== null;
}

function toPiece(unit: number, { figure, operators }: Chosen, reading: Reading): Piece {
  const usable = isUsable(figure, reading);
  return {
    unit,
    status: usable ? "present" : reasonOf(figure),
    numerator: usable ? (figure.numerator ?? 0) : 0,
    denominator: usable && reading.share ? (figure.denominator ?? 0) : 0,
    origin: usable && reading.share ? figure.denominator_source : null,
    operators: usable ? operators : null,
    madeUp: figure.made_up,
    figure,
  };
}

function reasonOf({ status, stated_ratio }: CurrentFigure): MissingReason {
  if (status !== "present") return status;
  return stated_ratio === null ? "other_denominator" : "percent_only";
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
