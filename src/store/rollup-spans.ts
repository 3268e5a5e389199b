import { type RawBuilder, sql } from "kysely";
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
import { scheduledWithin } from "./run-span.ts";

/**
 * What is counted of an hour's runs, by column. A family that was not published is never in maintenance, and what
 * failed in maintenance is not in doubt as well: availability is worked out from these by subtraction.
 */
const COUNTED_AS: readonly (readonly [string, RawBuilder<unknown>])[] = [
  ...OUTCOMES.map((outcome) => [outcome, sql`outcome = ${sql.lit(outcome)}`] as const),
  ["maintenance", sql`maintained and outcome <> 'no_address'`],
  ["maintenance_good", sql`maintained and outcome in ('ok', 'degraded')`],
  ["maintenance_bad", sql`maintained and outcome = 'fail'`],
  ["suspect", sql`doubted and not maintained and outcome = 'fail'`],
];
const COLUMNS = COUNTED_AS.map(([column]) => column);
const COUNTS = sql.join(COLUMNS.map((column) => sql.ref(column)));
const COUNTED = sql.join(
  COUNTED_AS.map(([column, when]) => sql`count(*) filter (where ${when}) as ${sql.id(column)}`),
);
const SUMMED = sql.join(COLUMNS.map((column) => sql`sum(${sql.ref(column)}) as ${sql.id(column)}`));
const ZERO_IF_NULL = sql.join(COLUMNS.map((column) => sql`coalesce(${sql.ref(column)}, 0)`));
const EMPTY_IF_NULL = sql.join(
  MEASURES.map((measure) => sql`coalesce(${sql.ref(`${measure}_hist`)}, '{}')`),
);
const REPLACED = sql.join(
  ["slots", ...COLUMNS, ...MEASURES.map((measure) => `${measure}_hist`)].map(
    (column) => sql`${sql.id(column)} = excluded.${sql.id(column)}`,
  ),
);

/** Portals by number, both ends included. */
export interface PortalRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Counts the scheduled runs of one hour anew, packed or not. Durations of runs that got an answer (ok, degraded)
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
  const to = iso(hour.to);
  await sql`
    with maintained as (
      select p.id as portal_id, o.starts_at, least(o.ends_at, w.cancelled_at) as ends_at
      from maintenance_occurrence o join maintenance_window w on w.id = o.window_id
      join portal p on w.portal_id = p.id or w.agency_id = p.agency_id or w.province_id = p.province_id
      where o.starts_at < ${to}::timestamptz and o.ends_at > ${from}::timestamptz
        and p.id between ${first} and ${last}
    ), doubted as (
      select vantage_id, opened_at as starts_at, coalesce(resolved_at, 'infinity') as ends_at from incident
      where kind = 'vantage_degraded' and cause = 'mass_failure' and opened_at < ${to}::timestamptz
        and coalesce(resolved_at, 'infinity') > ${from}::timestamptz
    ), runs as (
      select r.*, ${duringOne("maintained", "portal_id")} as maintained, ${duringOne("doubted", "vantage_id")} as doubted
      from probe_run r
      where ${scheduledWithin(new Date(hour.from), new Date(hour.to))} and attempt = 0
        and portal_id between ${first} and ${last}
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

/** Whether a run `r` was due in one of these spans of its portal or vantage point. */
function duringOne(spans: "maintained" | "doubted", of: "portal_id" | "vantage_id") {
  return sql`exists (select from ${sql.table(spans)} as d where ${sql.ref(`d.${of}`)} = ${sql.ref(`r.${of}`)}
    and d.starts_at <= r.scheduled_at and r.scheduled_at < d.ends_at)`;
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
