import type { Day } from "../calendar.ts";
import type { Basis } from "./figure.ts";
import type { Certainty } from "../certainty.ts";

/** A unit in an answer. */
export interface UnitName {
  readonly level: "country" | "province" | "commune";
  readonly code: string;
  readonly name_vi: string;
}

/** Why a figure or a bound can't be given, in slugs that pages have words for. */
export const MISSING_REASONS = [
  "not_reported",
  "suppressed",
  "not_collected",
  "not_applicable",
  "withdrawn",
  "percent_only",
  "other_denominator",
  "predecessor_missing",
  "split_without_share",
] as const;

export type MissingReason = (typeof MISSING_REASONS)[number];

/**
 * One indicator for one unit on one day: the sum of numerators over the sum of denominators of what was reported,
 * never a mean of percentages. Ratios are 0–1; counts without a denominator have none.
 */
export interface CoverageSum {
  readonly unit: UnitName;
  readonly indicator: string;
  readonly indicator_version: number;
  readonly as_of: Day;
  readonly basis: Basis;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly ratio: number | null;
  /** What the ratio comes to if everything missing were at 0 % and at 100 %; `open` bounds are 0 and 1. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** `closed`: the size of what is missing is known, of the same origin; `open`: it is not. */
  readonly bounds: "closed" | "open" | "none";
  readonly reported_communes: number;
  readonly expected_communes: number;
  /** Sum of the denominators that are missing, where they are all known. */
  readonly missing_denominator: number | null;
  readonly missing: Readonly<Partial<Record<MissingReason, number>>>;
  /** The one origin that the denominators of this sum have. */
  readonly denominator_source: string | null;
  /** How several operators became one value, where there were several. */
  readonly operators: "all" | "max" | null;
  /** Units of another vintage that were recast: exactly, by a stated share (an estimate), or left open. */
  readonly recast: {
    readonly exact: number;
    readonly estimated: number;
    readonly left_open: number;
  };
  /** A figure that was given for this very unit, beside what its communes add up to. */
  readonly stated: {
    readonly numerator: number | null;
    readonly denominator: number | null;
    readonly ratio: number | null;
    readonly source: string;
    readonly basis: Basis;
    readonly note: string | null;
  } | null;
  readonly made_up: boolean;
}

/** Whether a target is met: by the bounds, so that what is missing can't change the answer. */
export type TargetVerdict = "met" | "not_met" | "unknown";

/** A sum beside a target that speaks of the same indicator. */
export interface TargetComparison {
  readonly target: string;
  readonly comparison: "at_least" | "at_most";
  readonly threshold: number;
  readonly threshold_kind: "ratio" | "count" | "rank";
  readonly due_on: Day;
  readonly legal_document: string;
  readonly article: string | null;
  readonly certainty: Certainty;
  readonly verdict: TargetVerdict;
}
