import type { MissingReason } from "../../domain/coverage/sum.ts";
import type { Piece } from "./choose-piece.ts";

/** Something that is missing from a sum: its size is that of this unit, or of a part of it. */
export interface Gap {
  readonly unit: number;
  /** 0–1. */
  readonly share: number;
}

/** What a group of units holds of one indicator on one day, before the sizes of what is missing are known. */
export interface Tally {
  numerator: number;
  denominator: number;
  /** Values that were added up. */
  values: number;
  /** Units of the group that are wholly in it. */
  reported: number;
  readonly expected: number;
  readonly missing: Partial<Record<MissingReason, number>>;
  readonly gaps: Gap[];
  /** The one origin of the denominators; null for counts, and where there is no value. */
  readonly origin: string | null;
  operators: "all" | "max" | null;
  madeUp: boolean;
  readonly recast: { exact: number; estimated: number; left_open: number };
}

/** A tally of that many units with nothing in it. */
export function emptyTally(expected: number, origin: string | null): Tally {
  return {
    numerator: 0,
    denominator: 0,
    values: 0,
    reported: 0,
    expected,
    missing: {},
    gaps: [],
    origin,
    operators: null,
    madeUp: false,
    recast: { exact: 0, estimated: 0, left_open: 0 },
  };
}

/** Adds a value, or a stated part of it, in whole numbers. */
export function addValue(tally: Tally, piece: Piece, share = 1): void {
  tally.numerator += share === 1 ? piece.numerator : Math.round(piece.numerator * share);
  tally.denominator += share === 1 ? piece.denominator : Math.round(piece.denominator * share);
  tally.values += 1;
  tally.madeUp ||= piece.madeUp;
  if (piece.operators === "max" || tally.operators === null) tally.operators = piece.operators;
}

/** Counts a unit of the group as missing. */
export function addMissing(tally: Tally, reason: MissingReason): void {
  tally.missing[reason] = (tally.missing[reason] ?? 0) + 1;
}

/** Why a piece does not enter a sum over denominators of this origin; null where it does. */
export function obstacle(piece: Piece | undefined, origin: string | null): MissingReason | null {
  if (piece === undefined) return "not_reported";
  if (piece.status !== "present") return piece.status;
  return piece.origin === origin ? null : "other_denominator";
}

/** The origin that most values have; of two with as many the first by name. Null without values, and for counts. */
export function commonestOrigin(pieces: Iterable<Piece>): string | null {
  const counts = new Map<string, number>();
  for (const { status, origin } of pieces) {
    if (status === "present" && origin !== null) counts.set(origin, (counts.get(origin) ?? 0) + 1);
  }
  let best: string | null = null;
  for (const [origin, count] of counts) {
    const known = best === null ? 0 : (counts.get(best) ?? 0);
    if (best === null || count > known || (count === known && origin < best)) best = origin;
  }
  return best;
}
