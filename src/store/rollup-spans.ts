import { sql } from "kysely";
import { OUTCOMES } from "../domain/observation.ts";
import type { Day } from "../domain/calendar.ts";
import type { Database } from "./database.ts";
import {
  bucketSql,
  HISTOGRAM_COLUMNS,
  histogramsOf,
  MEASURES,
  measuresOf,
} from "./rollup-histogram.ts";
import type { Slots, Span } from "./rollup-slots.ts";

const COUNTS = sql.join(OUTCOMES.map((outcome) => sql.ref(outcome)));
const COUNTED = sql.join(
  OUTCOMES.map(
    (outcome) => sql`count(*) filter (where outcome = ${sql.lit(outcome)}) as ${sql.id(outcome)}`,
  ),
);
const SUMMED = sql.join(
  OUTCOMES.map((outcome) => sql`sum(${sql.ref(outcome)}) as ${sql.id(outcome)}`),
);
const ZERO_IF_NULL = sql.join(OUTCOMES.map((outcome) => sql`coalesce(${sql.ref(outcome)}, 0)`));
const EMPTY_IF_NULL = sql.join(
  MEASURES.map((measure) => sql`coalesce(${sql.ref(`${measure}_hist`)}, '{}')`),
);
const REPLACED = sql.join(
  ["slots", ...OUTCOMES, ...MEASURES.map((measure) => `${measure}_hist`)].map(
    (column) => sql`${sql.id(column)} = excluded.${sql.id(column)}`,
  ),
);

/** Portals by number, both ends included. */
export interface PortalRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Counts the scheduled runs of one hour anew from their rows. Durations of runs that got an answer (ok, degraded)
 * go into the histograms; a phase that was not reached, 0, does not. Where more runs than due slots are stored
 * (the interval was shorter), all of them were due.
 */
export async function rollUpHour(
  trx: Database,
  hour: Span,
  { first, last }: PortalRange,
  slots: readonly Slots[],
): Promise<void> {
  const from = iso(hour.from);
  await sql`
    with runs as (
      select * from probe_result
      where scheduled_at >= ${from}::timestamptz and scheduled_at < ${iso(hour.to)}::timestamptz
        and attempt = 0 and portal_id between ${first} and ${last}
    ), counts as (
      select portal_id, family, vantage_id, count(*) as runs, ${COUNTED}
      from runs group by portal_id, family, vantage_id
    ), buckets as (
      select portal_id, family, vantage_id, measure, ${bucketSql(sql.ref("ms"))} as bucket, count(*) as counted
      from runs cross join lateral ${measuresOf("runs", "_ms")} as measured(measure, ms)
      where outcome in ('ok', 'degraded') and ms > 0
      group by portal_id, family, vantage_id, measure, bucket
    ), histograms as (${histogramsOf("buckets")}
    ), due as (
      select * from unnest(
        ${slots.map((each) => each.portal)}::int[], ${slots.map((each) => each.family)}::text[],
        ${slots.map((each) => each.vantage)}::smallint[], ${slots.map((each) => each.slots)}::int[]
      ) as due(portal_id, family, vantage_id, slots)
    )
    insert into probe_rollup_hour (portal_id, family, vantage_id, start_at, slots, ${COUNTS}, ${HISTOGRAM_COLUMNS})
    select portal_id, family, vantage_id, ${from}::timestamptz, greatest(slots, runs), ${ZERO_IF_NULL}, ${EMPTY_IF_NULL}
    from due
    full join counts using (portal_id, family, vantage_id)
    left join histograms using (portal_id, family, vantage_id)
    order by portal_id, family, vantage_id
    on conflict (portal_id, family, vantage_id, start_at) do update set ${REPLACED}`.execute(trx);
}

/** Adds up the hours of one day anew. */
export async function rollUpDay(
  trx: Database,
  day: Day,
  { from, to }: Span,
  { first, last }: PortalRange,
): Promise<void> {
  await sql`
    with hours as (
      select * from probe_rollup_hour
      where start_at >= ${iso(from)}::timestamptz and start_at < ${iso(to)}::timestamptz
        and portal_id between ${first} and ${last}
    ), counts as (
      select portal_id, family, vantage_id, sum(slots) as slots, ${SUMMED}
      from hours group by portal_id, family, vantage_id
    ), buckets as (
      select portal_id, family, vantage_id, measure, hist[place] as bucket, sum(hist[place + 1]) as counted
      from hours cross join lateral ${measuresOf("hours", "_hist")} as measured(measure, hist)
      cross join lateral generate_series(1, cardinality(hist), 2) as place
      group by portal_id, family, vantage_id, measure, bucket
    ), histograms as (${histogramsOf("buckets")}
    )
    insert into probe_rollup_day (portal_id, family, vantage_id, day, slots, ${COUNTS}, ${HISTOGRAM_COLUMNS})
    select portal_id, family, vantage_id, ${day}::date, slots, ${COUNTS}, ${EMPTY_IF_NULL}
    from counts left join histograms using (portal_id, family, vantage_id)
    order by portal_id, family, vantage_id
    on conflict (portal_id, family, vantage_id, day) do update set ${REPLACED}`.execute(trx);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
