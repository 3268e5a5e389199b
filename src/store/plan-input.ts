import { z } from "zod";
import type { Day } from "../domain/calendar.ts";

/** Longest number, title or unit, and longest outcome, source or note, in characters. */
const MAX_NAME = 300;
const MAX_NOTE = 4000;
/** No plan that was published has more; a list without bound would be a way to fill the database. */
const MAX_PHASES = 50;
const MAX_UNITS = 100;

const name = z.string().trim().min(1).max(MAX_NAME);
const note = z.string().trim().min(1).max(MAX_NOTE).nullish();
/** A calendar day; PostgreSQL knows no year 0, and no plan is older than the web. */
const day = z.iso.date().regex(/^(19|20|21)/);

const phaseInput = z.strictObject({
  title: name,
  due_on: day,
  done_on: day.nullish(),
  outcome: note,
});

/** A conversion plan as people write it in the API; days are `YYYY-MM-DD`. */
export const planInput = z.strictObject({
  /** Number of the document, e.g. `123/KH-UBND`. */
  number: name,
  title: name,
  issued_on: day,
  lead_unit: name,
  cooperating_units: z.array(name).max(MAX_UNITS).optional(),
  due_on: day.nullish(),
  fulfilled_on: day.nullish(),
  outcome: note,
  source: note,
  note,
  /** In their order; a change replaces all of them. */
  phases: z.array(phaseInput).max(MAX_PHASES).optional(),
});

export type PlanInput = z.infer<typeof planInput>;

/** A change of a plan: what is absent stays, null empties. */
export const planChange = planInput.partial();

export type PlanChange = z.infer<typeof planChange>;

/** One field of a plan that contradicts another one or the calendar. */
export interface PlanFault {
  readonly field: string;
  readonly detail: string;
}

type Dated = Pick<PlanInput, "issued_on" | "due_on" | "fulfilled_on" | "phases">;

/** What is wrong with the days of a plan: nothing is due before it was issued, nothing was done in the future. */
export function planFaults(plan: Dated, today: Day): PlanFault[] {
  const faults: PlanFault[] = [];
  const check = (field: string, day: Day | null | undefined, done: boolean) => {
    if (day == null) return;
    if (day < plan.issued_on) faults.push({ field, detail: "lies before the day of issue" });
    if (done && day > today) faults.push({ field, detail: "lies in the future" });
  };
  check("issued_on", plan.issued_on, true);
  check("due_on", plan.due_on, false);
  check("fulfilled_on", plan.fulfilled_on, true);
  for (const [index, phase] of (plan.phases ?? []).entries()) {
    check(`phases.${index}.due_on`, phase.due_on, false);
    check(`phases.${index}.done_on`, phase.done_on, true);
  }
  return faults;
}
