import { sql } from "kysely";
import type { RuleId, Severity } from "../../domain/coverage/import-fault.ts";
import type { Database } from "../../store/database.ts";

/** How many kept faults of a submission are of one rule and severity. */
export interface FaultGroup {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly faults: number;
}

/** The kept faults of a submission by rule and severity, what keeps most out first. */
export async function faultGroups(db: Database, submission: number): Promise<FaultGroup[]> {
  const { rows } = await sql<FaultGroup>`
    select rule, severity, count(*) as faults from submission_fault
    where submission_id = ${submission} group by rule, severity
    order by array_position(array['reject_file', 'reject_row', 'hold', 'warn'], severity), rule`.execute(
    db,
  );
  return rows;
}

/** The day whose units the file of a submission seems to use (V08), where another one was stated and refused it. */
export async function suggestedUnitsDay(db: Database, submission: number): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select detail ->> 'best_day' as day from submission_fault
    where submission_id = ${submission} and rule = 'V08' and detail ->> 'code' = 'other_vintage'
    limit 1`.execute(db);
  return rows[0]?.day ?? null;
}
