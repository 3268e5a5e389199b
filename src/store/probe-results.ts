import { type RawBuilder, sql } from "kysely";
import type { ProbeResult } from "../domain/observation.ts";
import { breathe } from "./breathe.ts";
import { numberColumn, realColumn, textColumn } from "./column-text.ts";
import type { Database } from "./database.ts";
import { storedFailure } from "./latest-memory.ts";
import { LATEST_COLUMNS, REPLACE_LATEST } from "./latest-row.ts";

/** What the rows of results refer to, and which of them are the last of their portal, family and vantage point. */
export interface Referred {
  vantage(result: ProbeResult): number | null;
  address(result: ProbeResult): number | null;
  certificate(result: ProbeResult): number | null;
  evidence(result: ProbeResult): number | null;
  /** Since when it has been so, milliseconds since the epoch, of a run that is the last one now; null of others. */
  since(result: ProbeResult): number | null;
  /** Whether the run is newer than any that is stored of its place. */
  isNewer(result: ProbeResult): boolean;
}

/** When a batch is written, and whether hours of its runs may be packed. */
interface Batch {
  readonly now: Date;
  readonly old: boolean;
}

/** Leaves runs out that are packed. They are looked for one by one: the limit keeps the planner from unpacking whole days. */
const NOT_PACKED = sql`left join lateral (
    select true as packed from probe_run run
    where run.portal_id = given.portal_id and run.family = given.family and run.vantage_id = given.vantage_id
      and run.attempt = given.attempt and run.scheduled_at = given.scheduled_at
      and run.kept_at = date_trunc('hour', given.scheduled_at, 'UTC')
    limit 1
  ) as known on true where known.packed is null`;

/** Rows of one statement: while the server works on some, this process makes the text of the next. */
const CHUNK_ROWS = 1000;

/**
 * What is said of rows that may be there already. Of rows that cannot, nothing: looking for each of them first takes the
 * server 2 of 24 µs. Should one be there after all, the batch is refused and comes again, with nothing believed.
 */
const ADDED_IF_ABSENT = sql`on conflict do nothing`;
const ADDED = sql``;

interface Chunk {
  readonly rows: readonly ProbeResult[];
  readonly conflict: RawBuilder<unknown>;
}

/**
 * Adds rows that are not there yet, brings the last runs among them up to date, and marks the UTC hours of what was added
 * as to be rolled up. Results are in the order of their keys, so that two writers never wait in a ring.
 */
export async function writeResults(
  trx: Database,
  results: readonly ProbeResult[],
  referred: Referred,
  batch: Batch,
): Promise<void> {
  const newer = results.filter((result) => referred.isNewer(result));
  const others = results.filter((result) => !referred.isNewer(result));
  let underWay: Promise<unknown> = Promise.resolve();
  for (const chunk of [...chunksOf(newer, ADDED), ...chunksOf(others, ADDED_IF_ABSENT)]) {
    const statement = insertion(chunk, referred, batch);
    await underWay;
    await breathe();
    underWay = statement.execute(trx);
  }
  await underWay;
}

function chunksOf(rows: readonly ProbeResult[], conflict: RawBuilder<unknown>): Chunk[] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK_ROWS) }, (_, place) => ({
    rows: rows.slice(place * CHUNK_ROWS, (place + 1) * CHUNK_ROWS),
    conflict,
  }));
}

function insertion({ rows: results, conflict }: Chunk, referred: Referred, { now, old }: Batch) {
  const numbers = (of: (result: ProbeResult) => number | null | undefined) =>
    numberColumn(results.map((result) => of(result) ?? null));
  const texts = (of: (result: ProbeResult) => string | null | undefined) =>
    textColumn(results.map((result) => of(result) ?? null));
  const reals = (of: (result: ProbeResult) => number) => realColumn(results.map(of));
  return sql`
    with given as (
      select *, to_timestamp(scheduled_ms::float8 / 1000) as scheduled_at from (select
        unnest(${numbers((each) => each.portal)}::int[]) as portal_id,
        unnest(${texts((each) => each.family)}::text[]) as family,
        unnest(${numbers((each) => referred.vantage(each))}::int[]) as vantage_id,
        unnest(${numbers((each) => Math.trunc(each.scheduledAt))}::bigint[]) as scheduled_ms,
        unnest(${numbers((each) => each.attempt)}::int[]) as attempt,
        unnest(${reals((each) => each.startedAt - each.scheduledAt)}::real[]) as start_delay_ms,
        unnest(${texts((each) => each.outcome)}::text[]) as outcome,
        unnest(${texts(storedFailure)}::text[]) as failure,
        unnest(${texts((each) => each.failure?.source)}::text[]) as failure_source,
        unnest(${numbers((each) => each.status)}::int[]) as status,
        unnest(${reals((each) => each.phasesMs.resolve)}::real[]) as resolve_ms,
        unnest(${reals((each) => each.phasesMs.connect)}::real[]) as connect_ms,
        unnest(${reals((each) => each.phasesMs.tls)}::real[]) as tls_ms,
        unnest(${reals((each) => each.phasesMs.processing)}::real[]) as processing_ms,
        unnest(${reals((each) => each.phasesMs.transfer)}::real[]) as transfer_ms,
        unnest(${reals((each) => each.totalMs)}::real[]) as total_ms,
        unnest(${numbers((each) => each.redirects.length)}::int[]) as hop_count,
        unnest(${numbers((each) => each.bodyBytes)}::int[]) as body_bytes,
        unnest(${reals((each) => each.loopLagMs)}::real[]) as loop_lag_ms,
        unnest(${numbers((each) => referred.address(each))}::int[]) as address_id,
        unnest(${numbers((each) => referred.certificate(each))}::int[]) as certificate_id,
        unnest(${numbers((each) => referred.evidence(each))}::bigint[]) as evidence_id,
        unnest(${numbers((each) => referred.since(each))}::bigint[]) as since_ms
      ) as listed
    ), added as (
      insert into probe_result (portal_id, family, vantage_id, scheduled_at, attempt, start_delay_ms,
        outcome, failure, failure_source, status, resolve_ms, connect_ms, tls_ms, processing_ms,
        transfer_ms, total_ms, hop_count, body_bytes, loop_lag_ms, address_id, certificate_id, evidence_id)
      select portal_id, family, vantage_id, scheduled_at, attempt, start_delay_ms, outcome, failure,
        failure_source, status, resolve_ms, connect_ms, tls_ms, processing_ms, transfer_ms, total_ms,
        hop_count, body_bytes, loop_lag_ms, address_id, certificate_id, evidence_id
      from given ${old ? NOT_PACKED : sql``}
      ${conflict}
      returning scheduled_at, attempt
    ), newest as (
      insert into probe_latest as latest (${LATEST_COLUMNS})
      select portal_id, family, vantage_id, scheduled_at, outcome, failure, failure_source,
        to_timestamp(since_ms::float8 / 1000), status, resolve_ms, connect_ms, tls_ms, processing_ms,
        transfer_ms, total_ms, address_id, certificate_id, evidence_id
      from given
      where since_ms is not null
      ${REPLACE_LATEST}
      where excluded.scheduled_at > latest.scheduled_at
    )
    insert into rollup_dirty (hour, touched_at)
    select distinct date_trunc('hour', scheduled_at, 'UTC'), ${now}::timestamptz
    from added where attempt = 0
    order by 1
    on conflict (hour) do update set touched_at = excluded.touched_at`;
}
