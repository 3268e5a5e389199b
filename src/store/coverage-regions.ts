import { sql } from "kysely";
import type { Certainty } from "../domain/certainty.ts";
import type { Day } from "./column-types.ts";
import type { Database } from "./database.ts";

/** A group of provinces that a legal text made, such as a key economic region. */
export interface RegionInput {
  readonly code: string;
  readonly kind: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly legalDocument: string;
  readonly certainty: Certainty;
  readonly sourceUrl: string | null;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly position: number;
  /** The provinces that belong to it, by the code that they had on a day. */
  readonly members: readonly { readonly province: string; readonly unitsOn: Day }[];
}

/** Makes the regions and their members these; returns how many rows that touched. `db` is a transaction. */
export async function putRegions(db: Database, regions: readonly RegionInput[]): Promise<number> {
  const given = JSON.stringify(regions);
  const { numAffectedRows: gone } = await sql`
    delete from region where code not in
      (select code from json_to_recordset(${given}::json) as g(code text))`.execute(db);
  const { numAffectedRows: changed } = await sql`
    insert into region as r (code, kind, name_vi, name_en, legal_document, certainty, source_url, valid_from,
      valid_to, position)
    select g.code, g.kind, g."nameVi", g."nameEn", g."legalDocument", g.certainty, g."sourceUrl", g."validFrom",
      g."validTo", g.position
    from json_to_recordset(${given}::json) as g(code text, kind text, "nameVi" text, "nameEn" text,
      "legalDocument" text, certainty text, "sourceUrl" text, "validFrom" date, "validTo" date, position int)
    on conflict (code) do update set kind = excluded.kind, name_vi = excluded.name_vi, name_en = excluded.name_en,
      legal_document = excluded.legal_document, certainty = excluded.certainty, source_url = excluded.source_url,
      valid_from = excluded.valid_from, valid_to = excluded.valid_to, position = excluded.position
    where (r.kind, r.name_vi, r.name_en, r.legal_document, r.certainty, r.source_url, r.valid_from, r.valid_to,
        r.position) is distinct from
      (excluded.kind, excluded.name_vi, excluded.name_en, excluded.legal_document, excluded.certainty,
        excluded.source_url, excluded.valid_from, excluded.valid_to, excluded.position)`.execute(
    db,
  );
  return Number(gone ?? 0) + Number(changed ?? 0) + (await putMembers(db, regions));
}

async function putMembers(db: Database, regions: readonly RegionInput[]): Promise<number> {
  const members = regions.flatMap(({ code, members: each }) =>
    each.map((member) => ({ ...member, code })),
  );
  const { rows: unknown } = await sql<{ code: string; province: string }>`
    select g.code, g.province from ${wanted(members)} left join ${unit} where u.id is null`.execute(
    db,
  );
  if (unknown[0]) {
    throw new Error(
      `Region ${unknown[0].code} has a member that was no province: ${unknown[0].province}`,
    );
  }
  const { numAffectedRows: gone } = await sql`
    delete from region_member m where not exists (
      select from ${wanted(members)} join ${unit} where g.code = m.region_code and u.id = m.unit_id)`.execute(
    db,
  );
  const { numAffectedRows: added } = await sql`
    insert into region_member (region_code, unit_id)
    select g.code, u.id from ${wanted(members)} join ${unit} where true
    on conflict do nothing`.execute(db);
  return Number(gone ?? 0) + Number(added ?? 0);
}

const wanted = (members: readonly object[]) =>
  sql`json_to_recordset(${JSON.stringify(members)}::json) as g(code text, province text, "unitsOn" date)`;

const unit = sql`admin_unit u on u.level = 'province' and u.code = g.province and u.valid_from <= g."unitsOn"
  and (u.valid_to is null or u.valid_to > g."unitsOn")`;
