import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { Belonging } from "./write-context.ts";

/** A row that a write hangs on, with what it belongs to. */
export interface Owned {
  /** The number in the database. */
  readonly number: number;
  readonly belonging: Belonging;
}

/**
 * The agency of this id, or null. A province's own agency belongs to that province. Until the transaction ends the
 * row keeps its values, and others who hold it so wait: what they write for one agency follows one after the other.
 */
export async function holdAgency(trx: Database, id: string): Promise<Owned | null> {
  const { rows } = await sql<{ id: number; owner_type: string; owner_code: string }>`
    select id, owner_type, owner_code from agency where slug = ${id} for no key update`.execute(
    trx,
  );
  const [row] = rows;
  if (row === undefined) return null;
  const province = row.owner_type === "province" ? row.owner_code : null;
  return { number: row.id, belonging: { agency: id, province } };
}

/** The portal of this id, or null. It stays with its agency and province until the transaction ends. */
export async function holdPortal(trx: Database, id: string): Promise<Owned | null> {
  const { rows } = await sql<{ id: number; agency: string; province: string | null }>`
    select portal.id, agency.slug as agency, province.code as province
    from portal
    join agency on agency.id = portal.agency_id
    left join admin_unit province on province.id = portal.province_id
    where portal.slug = ${id}
    for share of portal`.execute(trx);
  const [row] = rows;
  if (row === undefined) return null;
  return { number: row.id, belonging: { agency: row.agency, province: row.province } };
}
