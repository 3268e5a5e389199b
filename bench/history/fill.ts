import { sql } from "kysely";
import { addDays, type Day, startOfDay, utcDay } from "../../src/domain/calendar.ts";
import type { Database } from "../../src/store/database.ts";
import { ensurePartitions } from "../../src/store/partitions.ts";
import { NOW, TIMEZONE, VANTAGE } from "./world.ts";

/** How many days up to now there is what of. */
export interface Depth {
  readonly days: number;
  readonly hourDays: number;
  readonly rawDays: number;
}

/** Rows that were made. */
export interface Filled {
  readonly days: number;
  readonly hours: number;
  readonly runs: number;
}

const MEASURES = ["resolve", "connect", "tls", "processing", "transfer", "total"] as const;
/** Different spans that there are; every portal has others of them at the same time. */
const SHAPES = 1009;
/** Where the durations of each measure lie among the buckets (domain/latency-buckets.ts), and how many of them are filled. */
const FIRST_BUCKET = [36, 54, 64, 78, 40, 84] as const;
const FILLED_BUCKETS = [5, 8] as const;
/** One portal and family in so many failed for a while in the span. */
const FAILED_IN = 23;

/**
 * Makes up the history of every portal that is there, on the server, in the order in which a service would have written
 * it: day by day, hour by hour, ten minutes by ten minutes, all portals each time.
 */
export async function fillHistory(
  db: Database,
  depth: Depth,
  tell: (text: string) => void,
): Promise<Filled> {
  await shapes(db, "bench_day", 1440);
  await shapes(db, "bench_hour", 60);
  const today = utcDay(NOW);
  let days = 0;
  for (let back = depth.days; back >= 1; back -= 1) {
    days += await fillDay(db, addDays(today, -back));
    if (back % 60 === 0) tell(`days: ${back} to go`);
  }
  const spanOf = (count: number) =>
    Array.from({ length: count + 1 }, (_, index) => addDays(today, index - count));
  await ensurePartitions(db, "probe_rollup_hour", spanOf(depth.hourDays));
  let hours = 0;
  for (const day of spanOf(depth.hourDays).slice(0, -1)) {
    tell(`hours of ${day}`);
    hours += await fillHours(db, day);
  }
  await ensurePartitions(db, "probe_result", spanOf(depth.rawDays));
  let runs = 0;
  for (const day of spanOf(depth.rawDays).slice(0, -1)) {
    tell(`runs of ${day}`);
    runs += await fillRuns(db, day);
  }
  for (const table of ["probe_rollup_day", "probe_rollup_hour", "probe_result"]) {
    tell(`vacuum of ${table}`);
    await sql`vacuum analyze ${sql.table(table)}`.execute(db);
  }
  return { days, hours, runs };
}

/** Counts and histograms of spans of so many runs; one in `FAILED_IN` has failures. */
async function shapes(db: Database, table: string, slots: number): Promise<void> {
  const [least, most] = FILLED_BUCKETS;
  const histograms = MEASURES.map(
    (measure, index) => `(select array_agg(value order by place, part) from (
      select place, part, case part when 1 then ${FIRST_BUCKET[index]} + number % 11 + place
        else greatest(1, (slots / filled + (number * 7 + place * 13) % 9 - 4)) end as value
      from (select ${least} + (number + ${index}) % ${most - least + 1} as filled) f,
        generate_series(0, filled - 1) place, generate_series(1, 2) part) v) as ${measure}_hist`,
  );
  await sql
    .raw(
      `create unlogged table ${table} as
      select number, slots, slots - failed as ok, 0 as degraded, failed as fail, 0 as unknown, 0 as no_address, 0 as skipped,
        ${histograms.join(", ")}
      from generate_series(0, ${SHAPES - 1}) number,
        lateral (select ${slots} as slots, case when number % ${FAILED_IN} = 0 then 1 + number % 5 else 0 end as failed) s`,
    )
    .execute(db);
  await sql`create unique index on ${sql.table(table)} (number)`.execute(db);
  await sql`analyze ${sql.table(table)}`.execute(db);
}

const COLUMNS = sql.raw(
  [
    "slots, ok, degraded, fail, unknown, no_address, skipped",
    ...MEASURES.map((measure) => `${measure}_hist`),
  ].join(", "),
);

/** All portals over both families, in the order of the rolling-up job. */
const PORTALS = sql`(select p.id, family, v.id as vantage, p.id * 31 + (family = 'ip6')::int * 17 as own
  from portal p, unnest(array['ip4', 'ip6']) family, vantage v where v.name = ${VANTAGE} order by p.id, family) each`;

async function fillDay(db: Database, day: Day): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into probe_rollup_day (portal_id, family, vantage_id, day, ${COLUMNS})
    select each.id, family, vantage, ${day}::date, ${COLUMNS}
    from ${PORTALS} join bench_day on number = (own + ${dayNumber(day)} * 7) % ${sql.lit(SHAPES)}
    order by each.id, family`.execute(db);
  return Number(numAffectedRows);
}

/** The hours of a day of the report's zone. */
async function fillHours(db: Database, day: Day): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into probe_rollup_hour (portal_id, family, vantage_id, start_at, ${COLUMNS})
    select each.id, family, vantage, ${day}::timestamp at time zone ${TIMEZONE} + hour * interval '1 hour', ${COLUMNS}
    from generate_series(0, 23) hour
    cross join ${PORTALS} join bench_hour on number = (own + ${dayNumber(day)} * 24 + hour * 5) % ${sql.lit(SHAPES)}
    order by hour, each.id, family`.execute(db);
  return Number(numAffectedRows);
}

/** The runs of a UTC day, every ten minutes; of each hour in a statement of its own, for none may take a minute. */
async function fillRuns(db: Database, day: Day): Promise<number> {
  let runs = 0;
  for (let hour = 0; hour < 24; hour += 1) {
    const { numAffectedRows } = await sql`
      insert into probe_result (portal_id, family, vantage_id, scheduled_at, attempt, start_delay_ms, outcome, failure,
        failure_source, status, resolve_ms, connect_ms, tls_ms, processing_ms, transfer_ms, total_ms, hop_count, body_bytes,
        loop_lag_ms, address_id, certificate_id)
      select each.id, family, vantage, ${new Date(startOfDay(day) + hour * 3_600_000)}::timestamptz
          + slot * interval '10 minutes' + own % 600 * interval '1 second', 0, 1.5,
        case when bad then 'fail' else 'ok' end, case when bad then 'connect_refused' end, case when bad then 'target' end,
        case when bad then null else 200 end, 2 + chance, 10 + 5 * chance, 20 + 10 * chance, 60 + 100 * chance, 4,
        96 + 116 * chance, 0, 20000 + each.id, 0.2, each.id, each.id
      from generate_series(0, 5) slot
      cross join ${PORTALS}
      cross join lateral (select (own + ${sql.lit(hour * 6)} + slot * 13) % 997 = 0 as bad, (own * 7 + slot * 5) % 101 / 101.0 as chance) b
      order by slot, own % 600`.execute(db);
    runs += Number(numAffectedRows);
  }
  return runs;
}

function dayNumber(day: Day) {
  return sql.lit(startOfDay(day) / 86_400_000);
}
