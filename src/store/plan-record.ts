import type { Day } from "../domain/calendar.ts";
import type { Database } from "./database.ts";

/** One phase of a plan as it is stored. */
export interface PlanPhase {
  readonly title: string;
  readonly due_on: Day;
  readonly done_on: Day | null;
  readonly outcome: string | null;
}

/** A plan as it is stored. */
export interface ConversionPlan {
  readonly id: number;
  /** The agency's id. */
  readonly agency: string;
  readonly number: string;
  readonly title: string;
  readonly issued_on: Day;
  readonly lead_unit: string;
  readonly cooperating_units: readonly string[];
  readonly due_on: Day | null;
  readonly fulfilled_on: Day | null;
  readonly outcome: string | null;
  readonly source: string | null;
  readonly note: string | null;
  readonly phases: readonly PlanPhase[];
}

/** The plan of this number, or null. */
export async function planById(db: Database, id: number): Promise<ConversionPlan | null> {
  const row = await db
    .selectFrom("conversion_plan as p")
    .innerJoin("agency as a", "a.id", "p.agency_id")
    .selectAll("p")
    .select("a.slug as agency")
    .where("p.id", "=", id)
    .executeTakeFirst();
  if (!row) return null;
  const phases = await db
    .selectFrom("plan_phase")
    .select(["title", "due_on", "done_on", "outcome"])
    .where("plan_id", "=", id)
    .orderBy("position")
    .execute();
  const { agency_id: _agency, created_at: _created, updated_at: _updated, ...plan } = row;
  return { ...plan, phases };
}
