import { sql } from "kysely";
import type { Database } from "./database.ts";

/** An agency as data files name it: (ownerType, ownerCode) is its identity. */
export interface AgencyInput {
  readonly ownerType: string;
  readonly ownerCode: string;
  readonly nameVi: string;
  readonly nameEn?: string | null;
  readonly madeUp?: boolean;
}

/** The slug of an agency, e.g. `province-01`, `ministry-bo-tu-phap`. */
export function agencySlug(ownerType: string, ownerCode: string): string {
  return `${ownerType}-${ownerCode}`;
}

/** Adds the agencies that are not there yet, leaves the others as they are; returns how many were added. */
export async function addAgencies(db: Database, agencies: readonly AgencyInput[]): Promise<number> {
  const rows = agencies.map((agency) => ({
    slug: agencySlug(agency.ownerType, agency.ownerCode),
    owner_type: agency.ownerType,
    owner_code: agency.ownerCode,
    name_vi: agency.nameVi,
    name_en: agency.nameEn ?? null,
    made_up: agency.madeUp ?? false,
  }));
  const { rows: added } = await sql`
    insert into agency (slug, owner_type, owner_code, name_vi, name_en, made_up)
    select slug, owner_type, owner_code, name_vi, name_en, made_up
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(slug text, owner_type text,
      owner_code text, name_vi text, name_en text, made_up boolean)
    order by slug
    on conflict do nothing
    returning id`.execute(db);
  return added.length;
}
