import { sql } from "kysely";
import type { ProbeResult } from "../domain/observation.ts";
import { numberColumn, textColumn } from "./column-text.ts";
import type { Database } from "./database.ts";
import {
  evidenceOf,
  type EvidenceRow,
  type Seen,
  type SeenCertificate,
  type SeenOnPlace,
} from "./result-rows.ts";

// Every statement sorts by its key, so that two writers lock rows in the same order and never wait in a ring,
// and touches only rows whose span grows, so that a replay changes nothing.

/** Widens the spans of addresses; no address of a place may be named twice. */
export async function writeAddresses(trx: Database, rows: readonly SeenOnPlace[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into portal_address (portal_id, family, address, first_seen, last_seen)
    select * from ${onPlaces(rows)}
    order by 1, 2, 3
    on conflict (portal_id, family, address) do update
    set first_seen = least(portal_address.first_seen, excluded.first_seen),
      last_seen = greatest(portal_address.last_seen, excluded.last_seen)
    where excluded.first_seen < portal_address.first_seen
      or excluded.last_seen > portal_address.last_seen`.execute(trx);
}

/** Widens the spans of certificates; none may be named twice. */
export async function writeCertificates(
  trx: Database,
  rows: readonly SeenCertificate[],
): Promise<void> {
  if (rows.length === 0) return;
  const facts = rows.map((row) => row.facts);
  await sql`
    insert into certificate (fingerprint, subject, issuer, serial, not_before, not_after,
      earliest_not_after, names, key_type, key_bits, chain_length, first_seen, last_seen)
    select fingerprint, subject, issuer, serial, not_before, not_after, earliest_not_after,
      array(select jsonb_array_elements_text(names)), key_type, key_bits, chain_length, first_seen, last_seen
    from unnest(
      ${facts.map((each) => each.fingerprint)}::text[], ${facts.map((each) => each.subject)}::text[],
      ${facts.map((each) => each.issuer)}::text[], ${facts.map((each) => each.serial)}::text[],
      ${facts.map((each) => each.notBefore)}::timestamptz[], ${facts.map((each) => each.notAfter)}::timestamptz[],
      ${facts.map((each) => each.earliestNotAfter)}::timestamptz[],
      ${facts.map((each) => JSON.stringify(each.names))}::jsonb[],
      ${facts.map((each) => each.keyType)}::text[], ${facts.map((each) => each.keyBits)}::int[],
      ${facts.map((each) => each.chainLength)}::int[], ${firsts(rows)}::timestamptz[], ${lasts(rows)}::timestamptz[]
    ) as seen(fingerprint, subject, issuer, serial, not_before, not_after, earliest_not_after, names,
      key_type, key_bits, chain_length, first_seen, last_seen)
    order by fingerprint
    on conflict (fingerprint) do update
    set first_seen = least(certificate.first_seen, excluded.first_seen),
      last_seen = greatest(certificate.last_seen, excluded.last_seen),
      chain_length = greatest(certificate.chain_length, excluded.chain_length),
      earliest_not_after = least(certificate.earliest_not_after, excluded.earliest_not_after)
    where excluded.first_seen < certificate.first_seen
      or excluded.last_seen > certificate.last_seen
      or excluded.chain_length > certificate.chain_length
      or excluded.earliest_not_after < certificate.earliest_not_after`.execute(trx);
}

/** Widens the spans in which portals presented certificates that have a row; no pair of a place may be named twice. */
export async function writePairings(trx: Database, rows: readonly SeenOnPlace[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into portal_certificate (portal_id, family, certificate_id, first_seen, last_seen)
    select seen.portal_id, seen.family, certificate.id, seen.first_seen, seen.last_seen
    from ${onPlaces(rows)} join certificate on certificate.fingerprint = seen.key
    order by 1, 2, 3
    on conflict (portal_id, family, certificate_id) do update
    set first_seen = least(portal_certificate.first_seen, excluded.first_seen),
      last_seen = greatest(portal_certificate.last_seen, excluded.last_seen)
    where excluded.first_seen < portal_certificate.first_seen
      or excluded.last_seen > portal_certificate.last_seen`.execute(trx);
}

function onPlaces(rows: readonly SeenOnPlace[]) {
  return sql`(
      select portal_id, family, key, to_timestamp(first_ms::float8 / 1000) as first_seen,
        to_timestamp(last_ms::float8 / 1000) as last_seen
      from unnest(
        ${numberColumn(rows.map((row) => row.portal))}::int[], ${textColumn(rows.map((row) => row.family))}::text[],
        ${textColumn(rows.map((row) => row.key))}::text[],
        ${numberColumn(rows.map((row) => Math.trunc(row.first)))}::bigint[],
        ${numberColumn(rows.map((row) => Math.trunc(row.last)))}::bigint[]
      ) as given(portal_id, family, key, first_ms, last_ms)
    ) as seen`;
}

/**
 * Keeps the evidence of these results: one row for what repeats within a UTC day, with the evidence as it was
 * first seen (the smallest text where two were first seen at the same instant). Returns the number of each result's row.
 */
export async function writeEvidence(
  trx: Database,
  results: readonly ProbeResult[],
  vantages: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<ProbeResult, number>> {
  const rows = results.flatMap((result) => {
    const row = evidenceOf(result);
    return row ? [{ ...row, result }] : [];
  });
  if (rows.length === 0) return new Map();
  await sql`
    with seen as (
      select portal_id, family, vantage_id, day, decode(digest, 'hex') as digest, failure, evidence, at
      from unnest(
        ${rows.map((row) => row.result.portal)}::int[], ${rows.map((row) => row.result.family)}::text[],
        ${rows.map((row) => vantages.get(row.result.vantage))}::smallint[], ${rows.map((row) => row.day)}::date[],
        ${rows.map((row) => row.digest)}::text[], ${rows.map((row) => row.result.failure?.kind)}::text[],
        ${rows.map((row) => row.evidence)}::jsonb[], ${rows.map((row) => iso(row.result.scheduledAt))}::timestamptz[]
      ) as given(portal_id, family, vantage_id, day, digest, failure, evidence, at)
    )
    insert into failure_evidence as kept
      (portal_id, family, vantage_id, day, digest, failure, evidence, first_seen, last_seen)
    select distinct on (portal_id, family, vantage_id, day, digest)
      portal_id, family, vantage_id, day, digest, failure, evidence, at,
      max(at) over (partition by portal_id, family, vantage_id, day, digest)
    from seen
    order by portal_id, family, vantage_id, day, digest, at, evidence::text collate "C"
    on conflict (portal_id, family, vantage_id, day, digest) do update
    set evidence = case
        when (excluded.first_seen, excluded.evidence::text collate "C")
          < (kept.first_seen, kept.evidence::text collate "C")
        then excluded.evidence else kept.evidence end,
      first_seen = least(kept.first_seen, excluded.first_seen),
      last_seen = greatest(kept.last_seen, excluded.last_seen)
    where excluded.last_seen > kept.last_seen
      or (excluded.first_seen, excluded.evidence::text collate "C")
        < (kept.first_seen, kept.evidence::text collate "C")`.execute(trx);
  return evidenceNumbers(trx, rows, vantages);
}

async function evidenceNumbers(
  trx: Database,
  rows: readonly (EvidenceRow & { readonly result: ProbeResult })[],
  vantages: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<ProbeResult, number>> {
  const { rows: found } = await sql<{ place: number; id: number }>`
    select given.place, kept.id
    from unnest(
      ${numberColumn(rows.map(({ result }) => result.portal))}::int[], ${textColumn(rows.map(({ result }) => result.family))}::text[],
      ${numberColumn(rows.map(({ result }) => vantages.get(result.vantage) ?? null))}::smallint[],
      ${rows.map((row) => row.day)}::date[], ${textColumn(rows.map((row) => row.digest))}::text[]
    ) with ordinality as given(portal_id, family, vantage_id, day, digest, place)
    join failure_evidence kept on kept.portal_id = given.portal_id and kept.family = given.family
      and kept.vantage_id = given.vantage_id and kept.day = given.day and kept.digest = decode(given.digest, 'hex')
    where kept.day = any(${[...new Set(rows.map((row) => row.day))]}::date[])`.execute(trx);
  return new Map(
    found.flatMap(({ place, id }) => {
      const row = rows[place - 1];
      return row ? [[row.result, id] as const] : [];
    }),
  );
}

function firsts(rows: readonly Seen[]): string[] {
  return rows.map((row) => iso(row.first));
}

function lasts(rows: readonly Seen[]): string[] {
  return rows.map((row) => iso(row.last));
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
