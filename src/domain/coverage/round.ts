import { addDays, type Day, DAY_MS, startOfDay } from "../calendar.ts";
import { isQuarterEnd } from "./quarter.ts";

/** A period in which provinces owe their figures of one day. */
export interface RoundDays {
  /** The last day of a quarter, which the figures are true of. */
  readonly asOf: Day;
  readonly opensOn: Day;
  /** The last day on which figures are not late. */
  readonly dueOn: Day;
}

/** One thing that is wrong with the days of a round. */
export type RoundFault = "as_of_not_quarter_end" | "due_before_opening" | "due_before_the_day";

/** What is wrong with the days of a round; nobody can owe figures of a day before it is over. */
export function roundFaults({ asOf, opensOn, dueOn }: RoundDays): RoundFault[] {
  const faults: RoundFault[] = [];
  if (!isQuarterEnd(asOf)) faults.push("as_of_not_quarter_end");
  if (dueOn < opensOn) faults.push("due_before_opening");
  if (dueOn <= asOf) faults.push("due_before_the_day");
  return faults;
}

/**
 * Where a province stands in a round. `in_review`: it sent everything, some of its rows wait for a person here;
 * `partial`: some of its communes are there; `owed`: none is.
 */
export const DUTY_STATES = ["excused", "received", "in_review", "partial", "owed"] as const;

export type DutyState = (typeof DUTY_STATES)[number];

/** How much of what a province owes is there, in communes. */
export interface DutyCounts {
  readonly expected: number;
  readonly received: number;
  /** Not received, but sent: their rows wait for review. */
  readonly held: number;
}

/** Where a province stands by what is there of its communes. */
export function dutyState({ expected, received, held }: DutyCounts, excused: boolean): DutyState {
  if (excused) return "excused";
  if (received >= expected) return "received";
  if (received + held >= expected) return "in_review";
  return received + held > 0 ? "partial" : "owed";
}

/** Whether a province still has to send something. */
export function isOwing(state: DutyState): boolean {
  return state === "partial" || state === "owed";
}

/**
 * By how many days a province is late: until what completed its figures came (`sentOn`), or until today where it owes
 * some; 0 in time, null where nothing is owed.
 */
export function daysLate(
  state: DutyState,
  dueOn: Day,
  { sentOn, today }: { readonly sentOn: Day | null; readonly today: Day },
): number | null {
  if (state === "excused") return null;
  const until = isOwing(state) ? today : (sentOn ?? today);
  return Math.max(0, daysBetween(dueOn, until));
}

/** Provinces are reminded a week before the due day, and as often after it as they are late by a week. */
const REMINDER_DAYS = 7;

/** Who has not answered a year of reminders does not answer the next one. */
const LAST_WEEK = 52;

/**
 * The day whose reminder is the one to send on a day: a week before the due day, the due day, and every week after it;
 * null before the first of them, before the round opens, and a year after the due day. Sent later than on its own day it is still that one.
 */
export function reminderDay({ opensOn, dueOn }: RoundDays, today: Day): Day | null {
  if (today < opensOn) return null;
  const steps = Math.floor(daysBetween(dueOn, today) / REMINDER_DAYS);
  return steps < -1 || steps > LAST_WEEK ? null : addDays(dueOn, steps * REMINDER_DAYS);
}

function daysBetween(from: Day, to: Day): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY_MS);
}
