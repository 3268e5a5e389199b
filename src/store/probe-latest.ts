import { sql } from "kysely";
import { DAY_MS } from "../domain/calendar.ts";
import type { Family } from "../domain/family.ts";
import type { Outcome, ProbeResult } from "../domain/observation.ts";
import type { Database } from "./database.ts";
import { LATEST_COLUMNS, REPLACE_LATEST } from "./latest-row.ts";
import { scheduledWithin } from "./run-span.ts";

/** A last run that was brought up to date. */
export interface LatestRow {
  readonly portal: number;
  readonly family: Family;
  readonly vantage: number;
  readonly scheduled_at: Date;
  readonly since: Date;
  readonly outcome: Outcome;
  readonly failure: string | null;
}

interface LatestContext {
  readonly vantages: ReadonlyMap<string, number>;
  readonly now: Date;
  /** When the last run of the batch was scheduled, milliseconds since the epoch. */
  readonly until: number;
  /** Whether hours of its runs may be packed: then more is asked for than rows. */
  readonly old: boolean;
}

/** How much later than the batch's last run another may be scheduled: clocks of vantage points differ. */
const AHEAD_MS = DAY_MS;

/**
 * Brings the last scheduled run of portals, families and vantage points up to date from their rows, which have been added;
 * `firsts` has the first run of each in the batch. For those of which `LatestMemory` is not sure. `since` is the first
 * run of the present streak of equal outcome and failure: it is derived from the rows from the batch's first one on, so
 * that rows that come late or again lead to the same as rows in order. Returns the rows that changed.
 */
export async function writeLatest(
  trx: Database,
  firsts: readonly ProbeResult[],
  { vantages, now, until, old }: LatestContext,
): Promise<LatestRow[]> {
  if (firsts.length === 0) return [];
  const times = firsts.map((row) => row.scheduledAt);
  // Bounds that the planner sees, so that it looks into the partitions of these days alone.
  const from = new Date(times.reduce((one, other) => Math.min(one, other)));
  const to = new Date(Math.max(now.getTime(), until) + AHEAD_MS);
  const { rows } = await sql<LatestRow>`
    with runs as (
      select run.*, touched.first_at
      from unnest(
        ${firsts.map((row) => row.portal)}::int[], ${firsts.map((row) => row.family)}::text[],
        ${firsts.map((row) => vantages.get(row.vantage))}::smallint[], ${times.map(iso)}::timestamptz[]
      ) as touched(portal_id, family, vantage_id, first_at)
      ${old ? runsOfAll(from, to) : rowsOfAll(from, to)}
    ), compared as (
      select *, row_number() over newest_first as place,
        (outcome, failure) is distinct from
          (first_value(outcome) over newest_first, first_value(failure) over newest_first) as other
      from runs
      window newest_first as (partition by portal_id, family, vantage_id order by scheduled_at desc)
    ), bounded as (
      select *, max(scheduled_at) filter (where other) over whole as other_at
      from compared window whole as (partition by portal_id, family, vantage_id)
    ), newest as (
      select *, min(scheduled_at) filter (where other_at is null or scheduled_at > other_at) over whole
        as streak_since
      from bounded window whole as (partition by portal_id, family, vantage_id)
    )
    insert into probe_latest as latest (${LATEST_COLUMNS})
    select newest.portal_id, newest.family, newest.vantage_id, newest.scheduled_at, newest.outcome,
      newest.failure, newest.failure_source,
      case when newest.other_at is null and known.since < newest.first_at
          and (known.outcome, known.failure) is not distinct from (newest.outcome, newest.failure)
        then known.since else newest.streak_since end,
      newest.status, newest.resolve_ms, newest.connect_ms, newest.tls_ms, newest.processing_ms,
      newest.transfer_ms, newest.total_ms, newest.address_id, newest.certificate_id, newest.evidence_id
    from newest
    left join probe_latest known using (portal_id, family, vantage_id)
    where newest.place = 1
    order by 1, 2, 3
    ${REPLACE_LATEST}
    where (excluded.scheduled_at, excluded.since) is distinct from (latest.scheduled_at, latest.since)
      and excluded.scheduled_at >= latest.scheduled_at
    returning portal_id as portal, family, vantage_id as vantage, scheduled_at, since, outcome, failure`.execute(
    trx,
  );
  return rows;
}

function rowsOfAll(from: Date, to: Date) {
  return sql`join probe_result run using (portal_id, family, vantage_id)
      where run.attempt = 0 and run.scheduled_at >= touched.first_at
        and run.scheduled_at >= ${from}::timestamptz and run.scheduled_at < ${to}::timestamptz`;
}

/** One by one, as the offset makes the planner do: 5,000 late runs take the server 4 s, unpacking the whole hour for them 12 s. */
function runsOfAll(from: Date, to: Date) {
  return sql`cross join lateral (
        select * from probe_run
        where portal_id = touched.portal_id and family = touched.family and vantage_id = touched.vantage_id
          and attempt = 0 and ${scheduledWithin(from, to)}
        offset 0
      ) as run
      where run.scheduled_at >= touched.first_at`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
