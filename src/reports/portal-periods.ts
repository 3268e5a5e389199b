import { sql } from "kysely";
import { FAMILIES, type Family } from "../domain/family.ts";
import type { Database } from "../store/database.ts";
import {
  AVAILABILITY_SPANS,
  type AvailabilityRow,
  type AvailabilitySpan,
  countedDay,
  type Counts,
  isPublishedDay,
  withRatios,
} from "./availability.ts";

/** A portal's availability in one period: over all families that were published, and over each. */
export interface PortalPeriod {
  readonly span: AvailabilitySpan;
  readonly both: AvailabilityRow;
  readonly families: Readonly<Record<Family, AvailabilityRow | null>>;
}

interface PeriodRow extends Counts {
  readonly span: AvailabilitySpan;
  /** Null: over both. */
  readonly family: Family | null;
}

/**
 * The last `most` days, months and quarters of a portal (its stable id) that have a day that is rolled up: days first, the
 * latest first. The same as `listAvailability` says of each span and family, from its days read once instead of nine times.
 */
export async function portalPeriods(
  db: Database,
  { portal, vantage, most }: { portal: string; vantage: string; most: number },
): Promise<PortalPeriod[]> {
  const { rows } = await sql<PeriodRow>`
    with daily as (
      select r.day, r.family, p.slug as id, p.name_vi, ${countedDay}
      from portal p join probe_rollup_day r on r.portal_id = p.id
      where p.slug = ${portal} and r.vantage_id = (select id from vantage where name = ${vantage})
        and ${isPublishedDay}
    ), summed as (
      select span, date_trunc(span, day::timestamp)::date as start, family, id, name_vi, count(distinct day) as days,
        sum(slots) as slots, sum(up) as up, sum(down) as down, sum(slots - up - down - maintenance) as unknown,
        sum(maintenance) as maintenance
      from daily cross join unnest(${[...AVAILABILITY_SPANS]}::text[]) as span
      group by grouping sets ((span, start, id, name_vi, family), (span, start, id, name_vi))
    ), ranked as (
      select *, dense_rank() over (partition by span order by start desc) as place from summed
    )
    select span, start, family, id, name_vi, days, slots, up, down, unknown, maintenance
    from ranked where place <= ${most} order by start desc`.execute(db);
  return AVAILABILITY_SPANS.flatMap((wanted) => {
    const own = rows.filter(({ span }) => span === wanted);
    return own.flatMap((row) => (row.family === null ? [toPeriod(row, own)] : []));
  });
}

function toPeriod(both: PeriodRow, rows: readonly PeriodRow[]): PortalPeriod {
  const of = (family: Family) => {
    const row = rows.find((one) => one.family === family && one.start === both.start);
    return row === undefined ? null : toRow(row);
  };
  const families = Object.fromEntries(FAMILIES.map((family) => [family, of(family)]));
  return { span: both.span, both: toRow(both), families: families as PortalPeriod["families"] };
}

function toRow({ span: _span, family: _family, ...counts }: PeriodRow): AvailabilityRow {
  return withRatios(counts);
}
