import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import { daysLate, dutyState, type DutyState, DUTY_STATES } from "../../domain/coverage/round.ts";
import type { Database } from "../../store/database.ts";
import { dayIn } from "../zone-day.ts";
import type { RoundRow } from "./rounds.ts";
import { type CommuneSent, sentOf } from "./sent.ts";

/** Where one province stands in a round. */
export interface DutyRow {
  readonly province: { readonly code: string; readonly name_vi: string };
  readonly state: DutyState;
  /** Days after the due day, until what completed it came or until today; null where nothing is owed. */
  readonly days_late: number | null;
  /** Communes: all of them, those whose figures are there, those whose rows wait for review. */
  readonly expected: number;
  readonly received: number;
  readonly held: number;
  /** The day on which the last of its figures so far came. */
  readonly received_on: Day | null;
  readonly submissions: readonly DutySubmission[];
  readonly excused_reason: string | null;
  readonly reminded: readonly DutyReminder[];
}

/** A submission that brought figures of a province first. */
export interface DutySubmission {
  readonly id: number;
  /** ISO 8601 UTC. */
  readonly received_at: string;
  readonly communes: number;
}

/** To how many a reminder went, and how many could not be reached. */
export interface DutyReminder {
  readonly day: Day;
  readonly sent: number;
  readonly failed: number;
}

/** A round with all its provinces, and how many of them stand where. */
export interface RoundProgress extends RoundRow {
  readonly today: Day;
  readonly late: number;
  readonly states: Readonly<Record<DutyState, number>>;
  readonly duties: readonly DutyRow[];
}

/** How far a round is at an instant (milliseconds since the epoch); `province`: its code, where only one may be seen. */
export async function roundProgress(
  db: Database,
  round: RoundRow,
  at: { readonly now: number; readonly timezone: string },
  province: string | null = null,
): Promise<RoundProgress> {
  const sent = await sentOf(db, round.as_of, round.indicators);
  const communes = await communesByProvince(db, round.as_of);
  const reminders = await remindersByProvince(db, round.id);
  const provinces = await dutiesOf(db, round.id, province);
  const today = dayIn(at.timezone, at.now);
  const duties = provinces.map((duty): DutyRow => {
    const all = (communes.get(duty.id) ?? []).map(sent);
    const came = all.flatMap((each) => (each.state === "received" ? [each] : []));
    const counts = {
      expected: all.length,
      received: came.length,
      held: all.filter(({ state }) => state === "held").length,
    };
    const last = came.reduce((latest, each) => Math.max(latest, each.at.getTime()), 0);
    const sentOn = last === 0 ? null : dayIn(at.timezone, last);
    const state = dutyState(counts, duty.excused_reason !== null);
    return {
      province: { code: duty.code, name_vi: duty.full_name_vi },
      state,
      days_late: daysLate(state, round.due_on, { sentOn, today }),
      ...counts,
      received_on: sentOn,
      submissions: submissionsOf(came),
      excused_reason: duty.excused_reason,
      reminded: reminders.get(duty.id) ?? [],
    };
  });
  const count = (state: DutyState) => duties.filter((duty) => duty.state === state).length;
  return {
    ...round,
    today,
    late: duties.filter(({ days_late }) => (days_late ?? 0) > 0).length,
    states: Object.fromEntries(DUTY_STATES.map((state) => [state, count(state)])) as Record<
      DutyState,
      number
    >,
    duties,
  };
}

function submissionsOf(
  came: readonly Extract<CommuneSent, { state: "received" }>[],
): DutySubmission[] {
  return [...Map.groupBy(came, ({ submission }) => submission)]
    .map(([id, own]) => ({
      id,
      received_at: own[0]?.at.toISOString() ?? "",
      communes: own.length,
    }))
    .toSorted((one, other) => one.id - other.id);
}

async function dutiesOf(db: Database, round: number, province: string | null) {
  return db
    .selectFrom("coverage_round_duty as d")
    .innerJoin("admin_unit as p", "p.id", "d.province_id")
    .select(["p.id", "p.code", "p.full_name_vi", "d.excused_reason"])
    .where("d.round_id", "=", round)
    .$if(province !== null, (query) => query.where("p.code", "=", province ?? ""))
    .orderBy("p.code")
    .execute();
}

async function communesByProvince(db: Database, day: Day): Promise<Map<number, number[]>> {
  const { rows } = await sql<{ province: number; communes: number[] }>`
    select parent_id as province, array_agg(id) as communes from admin_unit
    where level = 'commune' and valid_from <= ${day}::date and coalesce(valid_to > ${day}::date, true)
    group by parent_id`.execute(db);
  return new Map(rows.map(({ province, communes }) => [province, communes]));
}

async function remindersByProvince(db: Database, round: number) {
  const rows = await db
    .selectFrom("coverage_reminder")
    .select(["province_id", "day"])
    .select([
      sql<number>`count(*) filter (where state = 'sent')`.as("sent"),
      sql<number>`count(*) filter (where state = 'failed')`.as("failed"),
    ])
    .where("round_id", "=", round)
    .groupBy(["province_id", "day"])
    .orderBy("day")
    .execute();
  const told = Map.groupBy(rows, ({ province_id }) => province_id);
  return new Map(
    [...told].map(([id, own]) => [id, own.map(({ province_id: _id, ...each }) => each)]),
  );
}
