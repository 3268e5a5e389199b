import type { Family } from "../domain/family.ts";
import { CHECK_IDS, type CheckId, type Verdict } from "../domain/finding.ts";
import {
  GRADE_VALUE,
  type HttpsGrade,
  LEVEL_VALUE,
  type ReadinessLevel,
} from "../domain/readiness.ts";

/**
 * How a value changed. That something is not known any more makes nothing worse, and that it is known now nothing
 * better.
 */
export const VALUE_CHANGES = ["improved", "worse", "same", "now_known", "no_longer_known"] as const;

export type ValueChange = (typeof VALUE_CHANGES)[number];

/** How a portal changed between two days; worse in level or grade counts more than better in the other. */
export const PORTAL_CHANGES = [
  "worse",
  "improved",
  "new",
  "gone",
  "now_known",
  "no_longer_known",
] as const;

export type PortalChange = (typeof PORTAL_CHANGES)[number];

/** How a level changed. */
export function levelChange(from: ReadinessLevel, to: ReadinessLevel): ValueChange {
  return valueChange(LEVEL_VALUE[from], LEVEL_VALUE[to]);
}

/** How a grade changed. */
export function gradeChange(from: HttpsGrade, to: HttpsGrade): ValueChange {
  return valueChange(GRADE_VALUE[from], GRADE_VALUE[to]);
}

function valueChange(from: number | null, to: number | null): ValueChange {
  if (from === to) return "same";
  if (from === null) return "now_known";
  if (to === null) return "no_longer_known";
  return to > from ? "improved" : "worse";
}

/** What two changes of one portal come to. */
export function combineChanges(level: ValueChange, grade: ValueChange): PortalChange | "same" {
  for (const change of ["worse", "improved", "no_longer_known", "now_known"] as const) {
    if (level === change || grade === change) return change;
  }
  return "same";
}

/** A finding at one end of the time. */
interface FindingSide {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** A finding that changed its verdict between two days. */
export interface FindingChange {
  readonly check: CheckId;
  readonly family: Family | null;
  /** Null where there was no such finding. */
  readonly from: FindingSide | null;
  readonly to: FindingSide | null;
  /** Since when the later one stands, ISO 8601 UTC; null where there is none. */
  readonly since: string | null;
}

/** Checks that the ladder asks; the light-probe history of L4 is no finding of an audit. */
const LEVEL_CHECKS: ReadonlySet<CheckId> = new Set([
  ...(["D1", "D2", "D3", "D4"] as const),
  ...(["W1", "W2", "W3", "W5", "W6", "W7", "W8"] as const),
]);

/** Checks that the grade asks. */
const GRADE_CHECKS: ReadonlySet<CheckId> = new Set(["W3", "H1", "H2", "H3", "H4"]);

/** How bad a verdict is; null where it says nothing. */
const WEIGHT: Readonly<Record<Verdict, number | null>> = {
  pass: 0,
  not_applicable: 0,
  warn: 1,
  fail: 2,
  unknown: null,
};

/** The findings that go with a change: those of the value's checks that moved the same way, in the order of checks. */
export function causesOf(
  findings: readonly FindingChange[],
  changes: { readonly level: ValueChange; readonly grade: ValueChange },
): FindingChange[] {
  const goes = (change: ValueChange, checks: ReadonlySet<CheckId>, finding: FindingChange) =>
    change !== "same" && checks.has(finding.check) && moved(finding) === change;
  return findings
    .filter(
      (finding) =>
        goes(changes.level, LEVEL_CHECKS, finding) || goes(changes.grade, GRADE_CHECKS, finding),
    )
    .toSorted((one, other) => CHECK_IDS.indexOf(one.check) - CHECK_IDS.indexOf(other.check));
}

function moved({ from, to }: FindingChange): ValueChange {
  const before = from === null ? 0 : WEIGHT[from.verdict];
  const after = to === null ? 0 : WEIGHT[to.verdict];
  return valueChange(before === null ? null : -before, after === null ? null : -after);
}
