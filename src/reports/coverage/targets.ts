import { type Selectable, sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { CoverageSum, TargetComparison, TargetVerdict } from "../../domain/coverage/sum.ts";
import type { Database } from "../../store/database.ts";
import type { Schema } from "../../store/schema.ts";

/** A target as the register has it; `due` on the day that was asked for. */
export interface TargetRow extends Omit<Selectable<Schema["coverage_target"]>, "position"> {
  readonly due: boolean;
}

/** Which targets: of one indicator, in force on a day. */
export interface TargetFilter {
  readonly indicator?: string | undefined;
  /** Whether they are due is told as of this day; those that were replaced by then are left out. */
  readonly on: Day;
}

/** Targets in the order in which they are shown: by their legal texts, those that differ side by side. */
export async function listTargets(db: Database, filter: TargetFilter): Promise<TargetRow[]> {
  let query = db
    .selectFrom("coverage_target")
    .selectAll()
    .where(sql<boolean>`coalesce(valid_to > ${filter.on}::date, true)`)
    .orderBy("position")
    .orderBy(sql`code collate "C"`);
  if (filter.indicator !== undefined) query = query.where("indicator_code", "=", filter.indicator);
  const rows = await query.execute();
  return rows.map(({ position: _position, ...row }) => ({ ...row, due: row.due_on <= filter.on }));
}

/** A sum beside every target that speaks of the same indicator and level. */
export function compareWithTargets(
  sum: CoverageSum,
  targets: readonly TargetRow[],
): TargetComparison[] {
  return targets
    .filter((target) => target.indicator_code === sum.indicator && target.level === sum.unit.level)
    .map((target) => ({
      target: target.code,
      comparison: target.comparison,
      threshold: target.threshold,
      threshold_kind: target.threshold_kind,
      due_on: target.due_on,
      legal_document: target.legal_document,
      article: target.article,
      certainty: target.certainty,
      verdict: verdictOn(sum, target),
    }));
}

/** Whether the threshold is kept, whatever the missing may come to; `unknown` where they decide. */
export function verdictOn(
  sum: CoverageSum,
  {
    comparison,
    threshold,
    threshold_kind,
  }: Pick<TargetRow, "comparison" | "threshold" | "threshold_kind">,
): TargetVerdict {
  const range = threshold_kind === "ratio" ? ratioRange(sum) : countRange(sum);
  if (range === null) return "unknown";
  const [least, most] = range;
  if (comparison === "at_least") {
    if (least >= threshold) return "met";
    return most < threshold ? "not_met" : "unknown";
  }
  if (most <= threshold) return "met";
  return least > threshold ? "not_met" : "unknown";
}

function ratioRange({ lower, upper }: CoverageSum): [number, number] | null {
  return lower === null || upper === null ? null : [lower, upper];
}

/** What is missing can only add to a count; where there is nothing to count, nothing is missing. */
function countRange(sum: CoverageSum): [number, number] | null {
  if (sum.numerator === null) return null;
  const counted = sum.reported_communes + (sum.missing.not_applicable ?? 0);
  const complete = sum.expected_communes > 0 && counted === sum.expected_communes;
  return [sum.numerator, complete ? sum.numerator : Infinity];
}
