import { sql } from "kysely";
import { type Expectation, isProbed, type Lifecycle, type PortalKind } from "../domain/portal.ts";
import type { Database } from "./database.ts";

/** A portal to be added with many others; the URL is in its normal form already. */
export interface NewPortal {
  readonly slug: string;
  readonly url: string;
  readonly host: string;
  readonly nameVi: string;
  readonly nameEn: string | null;
  readonly kind: PortalKind;
  /** The agency's slug; a portal of an unknown agency is not added. */
  readonly agency: string;
  /** Code of a present province, or null. */
  readonly province: string | null;
  readonly lifecycle: Exclude<Lifecycle, "merged_into">;
  readonly source: string | null;
  readonly note?: string | null;
  readonly evidenceClass?: string | null;
  readonly expectation?: Expectation;
  readonly madeUp?: boolean;
}

/** Lets nobody else add or change portals until the transaction ends, so that what was looked up stays true. */
export async function lockPortals(trx: Database): Promise<void> {
  await sql`lock table portal in share row exclusive mode`.execute(trx);
}

/** Adds the portals whose slug and URL are both new; returns their slugs. */
export async function addPortals(
  db: Database,
  portals: readonly NewPortal[],
  now: Date,
): Promise<string[]> {
  const rows = portals.map((portal) => ({ ...portal, probed: isProbed(portal.lifecycle) }));
  const { rows: added } = await sql<{ slug: string }>`
    insert into portal (slug, url, host, name_vi, name_en, kind, agency_id, province_id, lifecycle, source,
      note, evidence_class, expectation, made_up, created_at, updated_at, retired_at)
    select given.slug, url, host, "nameVi", "nameEn", kind, agency.id, province.id, lifecycle, source,
      note, "evidenceClass", coalesce(expectation, '{}'), coalesce("madeUp", agency.made_up), ${now}, ${now},
      case when probed then null else ${now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(slug text, url text, host text,
      "nameVi" text, "nameEn" text, kind text, agency text, province text, lifecycle text, source text,
      note text, "evidenceClass" text, expectation jsonb, "madeUp" boolean, probed boolean)
    join agency on agency.slug = given.agency
    left join admin_unit province on province.level = 'province' and province.code = given.province
      and province.valid_to is null
    order by given.slug
    on conflict do nothing
    returning slug`.execute(db);
  return added.map((row) => row.slug);
}
