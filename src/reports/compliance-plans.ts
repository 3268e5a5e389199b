import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { RequirementVerdict } from "../domain/requirement.ts";
import type { Database } from "../store/database.ts";
import type { RequirementRow } from "./compliance-requirements.ts";

/** A conversion plan as far as requirements go by it. */
export interface PlanFacts {
  readonly agency_id: number;
  readonly number: string;
  readonly issued_on: Day;
  readonly due_on: Day | null;
  readonly fulfilled_on: Day | null;
}

/** The registered plans of these agencies that were issued by a day; one fulfilled later is not fulfilled yet. */
export async function plansOf(
  db: Database,
  agencies: readonly number[],
  on: Day,
): Promise<PlanFacts[]> {
  if (agencies.length === 0) return [];
  return db
    .selectFrom("conversion_plan")
    .select(["agency_id", "number", "issued_on", "due_on"])
    .select(
      sql<Day | null>`case when fulfilled_on <= ${on}::date then fulfilled_on end`.as(
        "fulfilled_on",
      ),
    )
    .where("agency_id", "in", agencies)
    .where("issued_on", "<=", on)
    .orderBy("issued_on")
    .execute();
}

/**
 * What a requirement on agencies comes to by their plans. A plan counts for the time in which the requirement is valid.
 * That no plan is registered here does not say that there is none: unknown.
 */
export function planVerdict(
  requirement: RequirementRow,
  plans: readonly PlanFacts[],
  on: Day,
): RequirementVerdict {
  const { evidence, valid_from: from, valid_to: to, force } = requirement;
  if (force === "not_yet") return "not_applicable";
  if (evidence.by !== "plan") return "unknown";
  const own = plans.filter(
    ({ issued_on: issued }) => issued >= (from ?? issued) && issued <= (to ?? issued),
  );
  if (own.length === 0) return "unknown";
  if (evidence.state === "issued" || own.some((plan) => plan.fulfilled_on !== null)) return "met";
  const late = own.some(({ due_on: due }) => due !== null && due < on);
  return late || force === "ended" ? "not_met" : "unknown";
}
