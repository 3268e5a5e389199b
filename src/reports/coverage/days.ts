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
 * withdrawn or corrected to none is no figure. `known`: as it was then.
 */
export async function latestDays(
  db: Database,
  basis: Basis,
  known: Known = null,
): Promise<Map<string, Day>> {
  const { rows } = await sql<{ code: string; day: Day | null }>`
    select i.code, (
      select f.as_of from coverage_figure f
      where f.indicator_code = i.code and f.basis = ${basis} and f.status = 'present'
        and ${knownThen(known)} and ${isLastRevision(known)}
        and exists (select from admin_unit u where u.id = f.unit_id and u.level = i.lowest_level)
      order by f.as_of desc limit 1) as day
    from (select distinct on (code) code, lowest_level from indicator order by code, version desc) i`.execute(
    db,
  );
  return new Map(rows.flatMap(({ code, day }) => (day === null ? [] : [[code, day]])));
}

function nextDay(condition: ReturnType<typeof sql>, { basis, known = null }: DaysFilter) {
  return sql`select f.as_of from coverage_figure f
    where f.indicator_code = code and ${condition}
      and ${basis === undefined ? sql`true` : sql`f.basis = ${basis}`}
      and f.status <> 'withdrawn' and ${knownThen(known)} and ${isLastRevision(known)}
    order by f.as_of desc limit 1`;
}
