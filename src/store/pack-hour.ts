import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { PortalRange } from "./rollup-spans.ts";
import { HOUR_MS } from "./run-span.ts";

/**
 * Runs that one row holds at most: 16 octets each in one page. An array that does not fit is put aside, and fetched anew
 * for every number that is read of it.
 */
const MOST_RUNS = 400;

/** What runs of one packed row have in common beside the hour. */
const SAME =
  sql.raw(`portal_id, family, vantage_id, attempt, outcome, failure, failure_source, status, hop_count,
  evidence_id`);

/** The order is that of the view. */
const DURATIONS = ["resolve", "connect", "tls", "processing", "transfer", "total", "loop_lag"];
const CODES = sql.raw(DURATIONS.map((name) => `duration_code(${name}_ms)`).join(", "));

const RUN_COLUMNS =
  sql.raw(`portal_id, family, vantage_id, scheduled_at, attempt, start_delay_ms, outcome, failure,
  failure_source, status, resolve_ms, connect_ms, tls_ms, processing_ms, transfer_ms, total_ms, hop_count, body_bytes,
  loop_lag_ms, address_id, certificate_id, evidence_id`);

/** An hour, by its begin in milliseconds since the epoch, and which portals of it are to be packed. */
export interface HourToPack {
  readonly hour: number;
  readonly portals: PortalRange;
  /** How often each portal is probed. */
  readonly intervalMs: number;
}

/**
 * Moves the rows of an hour into packed rows, those that came after it was packed as well. Returns how many runs the new rows
 * hold. To be called under the lock to pack.
 */
export async function packHour(trx: Database, what: HourToPack): Promise<number> {
  await unpackWhatGrows(trx, what);
  return pack(trx, what);
}

/** Makes rows again of what was packed of portals that have rows in the hour. */
async function unpackWhatGrows(trx: Database, { hour, portals }: HourToPack): Promise<void> {
  const [from, to] = [new Date(hour), new Date(hour + HOUR_MS)];
  const { rows } = await sql<{ portal: number }>`
    select distinct packed.portal_id as portal from probe_hour packed
    where packed.hour = ${from} and packed.portal_id between ${portals.first} and ${portals.last}
      and exists (select from probe_result run where run.portal_id = packed.portal_id
        and run.scheduled_at >= ${from} and run.scheduled_at < ${to})`.execute(trx);
  if (rows.length === 0) return;
  const growing = rows.map(({ portal }) => portal);
  // A row that begins with the hour is kept by the same instant as a packed one, and is there already.
  await sql`
    insert into probe_result (${RUN_COLUMNS})
    select ${RUN_COLUMNS} from probe_run where kept_at = ${from} and portal_id = any(${growing}::int[])
    on conflict do nothing`.execute(trx);
  await sql`
    delete from probe_hour where hour = ${from} and portal_id = any(${growing}::int[])`.execute(
    trx,
  );
}

async function pack(trx: Database, { hour, portals, intervalMs }: HourToPack): Promise<number> {
  const [from, to] = [new Date(hour), new Date(hour + HOUR_MS)];
  const parts = Math.ceil(HOUR_MS / intervalMs / MOST_RUNS);
  const partUs = Math.ceil((HOUR_MS / parts) * 1000);
  const { rows } = await sql<{ runs: number }>`
    with moved as (
      delete from probe_result
      where scheduled_at >= ${from} and scheduled_at < ${to} and portal_id between ${portals.first} and ${portals.last}
      returning *
    ), placed as (
      -- Microseconds from the half hour fit into 32 bits.
      select *, ((extract(epoch from scheduled_at - ${from}::timestamptz) * 1000000)::bigint - 1800000000)::int as us,
        greatest(least(round(start_delay_ms), 1e9), -1e9)::int as delay
      from moved
    ), grouped as (
      select ${SAME}, count(*) as runs, min(delay) as delay, min(body_bytes) as body,
        array_agg(us order by us) as offsets, array_agg(body_bytes order by us) as bodies,
        array_agg(address_id order by us) as addresses, array_agg(certificate_id order by us) as certificates,
        -- The delay above a multiple of 32,768: of runs that differ by more no row is made.
        array_agg(array[(delay & 32767)::smallint, ${CODES}] order by us) as measured
      from placed
      group by ${SAME}, body_bytes >> 15, delay >> 15, (us::bigint + 1800000000) / ${partUs}::bigint
    ), added as (
      insert into probe_hour (${SAME}, hour, first_us, step_us, offsets_us, start_delay_ms, body_bytes, bodies,
        address_id, address_ids, certificate_id, certificate_ids, measured)
      select ${SAME}, ${from}::timestamptz, offsets[1], step, case when not even then offsets end, delay >> 15 << 15,
        body, case when bodies <> array_fill(body, array[runs::int]) then
          array(select (each - body)::smallint from unnest(bodies) with ordinality as given(each, place) order by place) end,
        addresses[1], case when addresses <> array_fill(addresses[1], array[runs::int]) then addresses end,
        certificates[1], case when certificates <> array_fill(certificates[1], array[runs::int]) then certificates end,
        measured
      from grouped
      cross join lateral (select case when runs = 1 then 0 else (offsets[runs::int] - offsets[1]::bigint) / (runs - 1) end)
        as steps(exact)
      cross join lateral (select case when exact < 2147483648 then exact::int else 0 end) as small(step)
      cross join lateral (select not exists (select from unnest(offsets) with ordinality as given(us, place)
        where us <> offsets[1] + (place - 1) * step)) as steady(even)
    )
    select count(*) as runs from moved`.execute(trx);
  return rows[0]?.runs ?? 0;
}
