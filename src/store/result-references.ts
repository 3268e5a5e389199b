import { sql } from "kysely";
import type { ProbeResult } from "../domain/observation.ts";
import { numberColumn, textColumn } from "./column-text.ts";
import type { Database } from "./database.ts";
import type { SpanMemory } from "./span-memory.ts";

/** The numbers of the rows of a result's address and certificate; null where it has none, or none is stored. */
export interface References {
  address(result: ProbeResult): number | null;
  certificate(result: ProbeResult): number | null;
}

/** Finds what results refer to, after it was written: in memory, and what is not there yet in the database. */
export async function findReferences(
  trx: Database,
  memory: SpanMemory,
  results: readonly ProbeResult[],
): Promise<References> {
  const addresses = await findAddresses(trx, memory, results);
  const certificates = await findCertificates(trx, memory, results);
  return {
    address: (result) =>
      result.address === null
        ? null
        : (memory.addressId(result.portal, result.family, result.address) ??
          addresses.get(addressKey(result.portal, result.family, result.address)) ??
          null),
    certificate: ({ certificate }) =>
      certificate === null
        ? null
        : (memory.certificateId(certificate.fingerprint) ??
          certificates.get(certificate.fingerprint) ??
          null),
  };
}

async function findAddresses(
  trx: Database,
  memory: SpanMemory,
  results: readonly ProbeResult[],
): Promise<ReadonlyMap<string, number>> {
  const missing = results.filter(
    ({ portal, family, address }) =>
      address !== null && memory.addressId(portal, family, address) === null,
  );
  if (missing.length === 0) return new Map();
  const { rows } = await sql<
    Pick<ProbeResult, "portal" | "family"> & { address: string; id: number }
  >`
    select distinct portal_id as portal, family, address, id
    from unnest(
      ${numberColumn(missing.map(({ portal }) => portal))}::int[], ${textColumn(missing.map(({ family }) => family))}::text[],
      ${textColumn(missing.map(({ address }) => address))}::text[]
    ) as given(portal_id, family, address)
    join portal_address using (portal_id, family, address)`.execute(trx);
  for (const { portal, family, address, id } of rows) {
    memory.learnAddress(portal, family, address, id);
  }
  return new Map(
    rows.map(({ portal, family, address, id }) => [addressKey(portal, family, address), id]),
  );
}

async function findCertificates(
  trx: Database,
  memory: SpanMemory,
  results: readonly ProbeResult[],
): Promise<ReadonlyMap<string, number>> {
  const all = new Set(results.flatMap(({ certificate }) => certificate?.fingerprint ?? []));
  const missing = [...all].filter((fingerprint) => memory.certificateId(fingerprint) === null);
  if (missing.length === 0) return new Map();
  const rows = await trx
    .selectFrom("certificate")
    .select(["id", "fingerprint"])
    .where(sql<boolean>`fingerprint = any(${textColumn(missing)}::text[])`)
    .execute();
  for (const { fingerprint, id } of rows) memory.learnCertificate(fingerprint, id);
  return new Map(rows.map(({ fingerprint, id }) => [fingerprint, id]));
}

function addressKey(portal: number, family: string, address: string): string {
  return `${portal} ${family} ${address}`;
}
