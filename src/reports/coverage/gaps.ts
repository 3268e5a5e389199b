import type { CoverageSum, MissingReason, UnitName } from "../../domain/coverage/sum.ts";
import type { Database } from "../../store/database.ts";
import type { SumQuestion } from "./question.ts";
import { coverageSums } from "./sums.ts";
import type { TargetRow } from "./targets.ts";
import { verdictOn } from "./targets.ts";

/** A commune that keeps a target from being met, or from being known to be met. */
export interface GapRow {
  readonly unit: UnitName;
  readonly reason: "below" | MissingReason;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly ratio: number | null;
  /** Households (or what else is counted) that are not covered; of a commune without a figure all of them. Null: not known. */
  readonly missing: number | null;
  readonly made_up: boolean;
}

/** What a commune is held against. */
export type Threshold = Pick<TargetRow, "comparison" | "threshold" | "threshold_kind">;

/** What of a target can be asked of a single commune: a share, or that there be none of something. */
export function forCommunes({
  comparison,
  threshold,
  threshold_kind,
}: Threshold): Threshold | null {
  if (threshold_kind === "ratio") return { comparison, threshold, threshold_kind };
  const none = threshold_kind === "count" && comparison === "at_most" && threshold === 0;
  return none ? { comparison, threshold, threshold_kind } : null;
}

/** The communes that are below the threshold or did not report, those where most is missing first, unknown sizes last. */
export async function coverageGaps(
  db: Database,
  question: Omit<SumQuestion, "level" | "unit">,
  threshold: Threshold,
): Promise<GapRow[]> {
  const sums = await coverageSums(db, { ...question, level: "commune" });
  return sums
    .flatMap((sum) => {
      const reason = reasonOf(sum, threshold);
      return reason === null ? [] : [toGap(sum, reason, threshold)];
    })
    .toSorted(
      (one, other) =>
        (other.missing ?? -1) - (one.missing ?? -1) ||
        Number(one.unit.code) - Number(other.unit.code),
    );
}

function reasonOf(sum: CoverageSum, threshold: Threshold): GapRow["reason"] | null {
  if (sum.reported_communes === 0) {
    const [reason] = Object.keys(sum.missing) as MissingReason[];
    return reason === undefined || reason === "not_applicable" ? null : reason;
  }
  return verdictOn(sum, threshold) === "met" ? null : "below";
}

function toGap(sum: CoverageSum, reason: GapRow["reason"], { comparison }: Threshold): GapRow {
  const { unit, numerator, denominator, ratio, made_up } = sum;
  return {
    unit,
    reason,
    numerator,
    denominator,
    ratio,
    missing: missingOf(sum, comparison),
    made_up,
  };
}

function missingOf(
  { numerator, denominator, missing_denominator }: CoverageSum,
  comparison: Threshold["comparison"],
): number | null {
  // Of what there should be none of, all that there is.
  if (comparison === "at_most") return numerator ?? missing_denominator;
  if (missing_denominator === null) return null;
  return (denominator ?? 0) - (numerator ?? 0) + missing_denominator;
}
