import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { Database } from "../store/database.ts";

/** How many of how many; the ratio is null where there is nothing to count. */
export interface AgencyShare {
  readonly numerator: number;
  readonly denominator: number;
  readonly ratio: number | null;
}

/** What is counted: agencies that answered for a portal on the day, and plans that were issued in a window. */
export interface PlanShareFilter {
  readonly asOf: Day;
  /** First and last day of issue of the plans that count: one programme's period. */
  readonly issuedFrom?: Day | undefined;
  readonly issuedTo?: Day | undefined;
  /** Where a day ends, for the day on which a portal was retired. */
  readonly timezone: string;
}

/** Shares of agencies, and who has no plan yet. */
export interface PlanShares {
  readonly as_of: Day;
  /** Agencies that have issued a plan. */
  readonly issued: AgencyShare;
  /** Agencies that have issued a plan and carried out all that they issued. */
  readonly fulfilled: AgencyShare;
  /** Agencies with a plan that is late, itself or a phase of it. */
  readonly overdue: AgencyShare;
  readonly without_plan: readonly { readonly id: string; readonly name_vi: string }[];
}

/** Shares of agencies with a plan, and with it carried out, as of a day. */
export async function planShares(db: Database, filter: PlanShareFilter): Promise<PlanShares> {
  const { asOf, issuedFrom = null, issuedTo = null, timezone } = filter;
  const { rows } = await sql<AgencyPlans>`
    select a.slug as id, a.name_vi, count(p.id) as plans,
      count(p.id) filter (where p.fulfilled_on <= ${asOf}::date) as fulfilled,
      coalesce(bool_or((p.fulfilled_on is null or p.fulfilled_on > ${asOf}::date)
        and (p.due_on < ${asOf}::date or f.late)), false) as overdue
    from agency a
    left join conversion_plan p on p.agency_id = a.id and p.issued_on <= ${asOf}::date
      and (${issuedFrom}::date is null or p.issued_on >= ${issuedFrom}::date)
      and (${issuedTo}::date is null or p.issued_on <= ${issuedTo}::date)
    left join lateral (
      select bool_or(due_on < ${asOf}::date and (done_on is null or done_on > ${asOf}::date)) as late
      from plan_phase where plan_id = p.id) f on true
    where exists (
      select from portal where portal.agency_id = a.id and (retired_at is null
        or retired_at >= (${asOf}::date + 1)::timestamp at time zone ${timezone}))
    group by a.id
    order by a.slug collate "C"`.execute(db);
  const count = (counts: (row: AgencyPlans) => boolean) =>
    toShare(rows.filter(counts).length, rows.length);
  return {
    as_of: asOf,
    issued: count(({ plans }) => plans > 0),
    fulfilled: count(({ plans, fulfilled }) => plans > 0 && fulfilled === plans),
    overdue: count(({ overdue }) => overdue),
    without_plan: rows
      .filter(({ plans }) => plans === 0)
      .map(({ id, name_vi }) => ({ id, name_vi })),
  };
}

interface AgencyPlans {
  readonly id: string;
  readonly name_vi: string;
  readonly plans: number;
  readonly fulfilled: number;
  readonly overdue: boolean;
}

function toShare(numerator: number, denominator: number): AgencyShare {
  return { numerator, denominator, ratio: denominator === 0 ? null : numerator / denominator };
}
