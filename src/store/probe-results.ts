import { sql } from "kysely";
import type { ProbeResult } from "../domain/observation.ts";
import type { Database } from "./database.ts";
import { evidenceOf } from "./result-rows.ts";

/**
 * Adds rows that are not there yet, referring to the addresses, certificates and evidence that the same
 * transaction has written, and marks the UTC hours of what was added as to be rolled up.
 */
export async function writeResults(
  trx: Database,
  results: readonly ProbeResult[],
  vantages: ReadonlyMap<string, number>,
  now: Date,
): Promise<void> {
  const evidence = results.map(evidenceOf);
  // A real column refuses what it cannot tell from 0.
  const real = (of: (result: ProbeResult) => number) =>
    sql`${results.map((result) => Math.fround(of(result)))}::real[]`;
  const int = (of: (result: ProbeResult) => number | null | undefined) =>
    sql`${results.map((result) => of(result) ?? null)}::int[]`;
  const text = (of: (result: ProbeResult) => string | null | undefined) =>
    sql`${results.map((result) => of(result) ?? null)}::text[]`;
  await sql`
    with given as (
      select * from unnest(
        ${int((each) => each.portal)}, ${text((each) => each.family)},
        ${int((each) => vantages.get(each.vantage))},
        ${results.map((each) => new Date(each.scheduledAt).toISOString())}::timestamptz[],
        ${int((each) => each.attempt)}, ${real((each) => each.startedAt - each.scheduledAt)},
        ${text((each) => each.outcome)}, ${text((each) => each.failure?.kind ?? each.skipReason)},
        ${text((each) => each.failure?.source)}, ${int((each) => each.status)},
        ${real((each) => each.phasesMs.resolve)}, ${real((each) => each.phasesMs.connect)},
        ${real((each) => each.phasesMs.tls)}, ${real((each) => each.phasesMs.processing)},
        ${real((each) => each.phasesMs.transfer)}, ${real((each) => each.totalMs)},
        ${int((each) => each.redirects.length)}, ${int((each) => each.bodyBytes)},
        ${real((each) => each.loopLagMs)}, ${text((each) => each.address)},
        ${text((each) => each.certificate?.fingerprint)},
        ${evidence.map((each) => each?.day ?? null)}::date[], ${evidence.map((each) => each?.digest ?? null)}::text[]
      ) as given(portal_id, family, vantage_id, scheduled_at, attempt, start_delay_ms, outcome, failure,
        failure_source, status, resolve_ms, connect_ms, tls_ms, processing_ms, transfer_ms, total_ms,
        hop_count, body_bytes, loop_lag_ms, address, fingerprint, day, digest)
    ), added as (
      insert into probe_result (portal_id, family, vantage_id, scheduled_at, attempt, start_delay_ms,
        outcome, failure, failure_source, status, resolve_ms, connect_ms, tls_ms, processing_ms,
        transfer_ms, total_ms, hop_count, body_bytes, loop_lag_ms, address_id, certificate_id, evidence_id)
      select given.portal_id, given.family, given.vantage_id, given.scheduled_at, given.attempt,
        given.start_delay_ms, given.outcome, given.failure, given.failure_source, given.status,
        given.resolve_ms, given.connect_ms, given.tls_ms, given.processing_ms, given.transfer_ms,
        given.total_ms, given.hop_count, given.body_bytes, given.loop_lag_ms, address.id, certificate.id,
        evidence.id
      from given
      left join portal_address address on address.portal_id = given.portal_id
        and address.family = given.family and address.address = given.address
      left join certificate on certificate.fingerprint = given.fingerprint
      left join failure_evidence evidence on evidence.portal_id = given.portal_id
        and evidence.family = given.family and evidence.vantage_id = given.vantage_id
        and evidence.day = given.day and evidence.digest = decode(given.digest, 'hex')
      order by given.portal_id, given.family, given.vantage_id, given.scheduled_at, given.attempt
      on conflict do nothing
      returning scheduled_at, attempt
    )
    insert into rollup_dirty (hour, touched_at)
    select distinct date_trunc('hour', scheduled_at, 'UTC'), ${now}::timestamptz
    from added where attempt = 0
    order by 1
    on conflict (hour) do update set touched_at = excluded.touched_at`.execute(trx);
}
