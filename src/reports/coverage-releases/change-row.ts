import type { Day } from "../../domain/calendar.ts";
import type { Basis, FigureStatus } from "../../domain/coverage/figure.ts";

/** What can have happened between two releases. `unit_changed`: a unit ended, merged, split, or changed name or type. */
export const CHANGE_KINDS = ["new", "revised", "withdrawn", "unit_changed"] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** What a figure said; the ratio (0–1) is that of the counts, else the stated one. */
export interface ChangedValue {
  readonly status: FigureStatus;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly denominator_source: string | null;
  readonly ratio: number | null;
  readonly revision: number;
}

export interface ChangedUnit {
  readonly level: string;
  readonly code: string;
  readonly valid_from: Day;
  readonly name_vi: string;
}

/** What became of a unit. */
export interface UnitEvent {
  readonly kind: "merge" | "split" | "rename" | "retype" | "recode";
  /** Whether all of the unit went into the other one; null where nothing moved. */
  readonly part: "whole" | "split" | null;
  readonly to: ChangedUnit;
  readonly old_type: string | null;
  readonly new_type: string | null;
  readonly legal_document: string | null;
}

/** One difference between two releases: of a figure, or (then without an indicator) of a unit. */
export interface ChangeRow {
  readonly kind: ChangeKind;
  /** Of a figure the day that it is true of, of a unit the day on which it changed. */
  readonly as_of: Day;
  readonly unit: ChangedUnit;
  readonly indicator: string | null;
  readonly indicator_version: number | null;
  readonly operator: string | null;
  readonly basis: Basis | null;
  readonly source: string | null;
  /** Null where it was not there, or withdrawn. */
  readonly old: ChangedValue | null;
  readonly new: ChangedValue | null;
  /** Why it was corrected or withdrawn, and by which import. */
  readonly reason: string | null;
  readonly submission: number | null;
  /** The method of the indicator changed between the two: old and new do not compare. */
  readonly method_break: boolean;
  readonly event: UnitEvent | null;
}
