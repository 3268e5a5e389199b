import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { Basis } from "../../domain/coverage/figure.ts";
import type { Database } from "../../store/database.ts";
import { isLastRevision, type Known, knownThen } from "./question.ts";

/** The days that an indicator has figures of, newest first. */
export interface IndicatorDays {
  readonly indicator: string;
  readonly days: readonly Day[];
}

/** Of which figures the days are wanted; `known`: of those that were there then. */
export interface DaysFilter {
  readonly indicator?: string;
  readonly basis?: Basis;
  readonly known?: Known;
}

/** The days with figures that were not withdrawn, per indicator that has any; by the name of the indicator. */
export async function daysWithFigures(
  db: Database,
  filter: DaysFilter = {},
): Promise<IndicatorDays[]> {
  // Jumps through the index from day to day: reading every figure would take seconds.
  const { rows } = await sql<{ indicator: string; days: Day[] }>`
    with recursive code as (
      select distinct code from indicator
      where ${filter.indicator === undefined ? sql`true` : sql`code = ${filter.indicator}`}
    ), found(code, day) as (
      select code, (${nextDay(sql`true`, filter)}) from code
      union all
      select code, (${nextDay(sql`f.as_of < found.day`, filter)}) from found where day is not null
    )
    select code as indicator, array_agg(day::text order by day desc) as days from found
    where day is not null group by code order by code collate "C"`.execute(db);
  return rows;
}

/**
 * The last day that units of the level from which an indicator is added up have figures of, by indicator; what was
 * withdrawn or corrected to none is no figure. Of communes it is the day before as long as the last one has less than
 * half as many: the first report of a quarter is not yet what the country looks like. `known`: as it was then.
 */
export async function latestDays(
  db: Database,
  basis: Basis,
  known: Known = null,
): Promise<Map<string, Day>> {
  const of = (day: Condition) => sql`f.indicator_code = i.code and f.basis = ${basis}
    and f.status = 'present' and ${day} and ${knownThen(known)} and ${isLastRevision(known)}
    and exists (select from admin_unit u where u.id = f.unit_id and u.level = i.lowest_level)`;
  const last = (day: Condition) =>
    sql`select f.as_of from coverage_figure f where ${of(day)} order by f.as_of desc limit 1`;
  const units = (day: Condition) =>
    sql`select count(distinct f.unit_id) from coverage_figure f where ${of(day)}`;
  const { rows } = await sql<{ code: string; day: Day }>`
    with latest as (
      select i.*, (${last(sql`true`)}) as day
      from (select distinct on (code) code, lowest_level from indicator order by code, version desc) i
    ), earlier as (
      select i.*, (${last(sql`f.as_of < i.day`)}) as before from latest i where i.day is not null
    )
    select i.code, case
      when i.before is null or i.lowest_level <> 'commune' then i.day
      when (${units(sql`f.as_of = i.day`)}) * 2 < (${units(sql`f.as_of = i.before`)}) then i.before
      else i.day end as day
    from earlier i`.execute(db);
  return new Map(rows.map(({ code, day }) => [code, day]));
}

type Condition = ReturnType<typeof sql>;

function nextDay(condition: Condition, { basis, known = null }: DaysFilter) {
  return sql`select f.as_of from coverage_figure f
    where f.indicator_code = code and ${condition}
      and ${basis === undefined ? sql`true` : sql`f.basis = ${basis}`}
      and f.status <> 'withdrawn' and ${knownThen(known)} and ${isLastRevision(known)}
    order by f.as_of desc limit 1`;
}
