import type { PortalKind } from "../domain/portal.ts";
import { isProbed, LIFECYCLES } from "../domain/portal.ts";
import type { Database } from "../store/database.ts";

/** What the metrics say of a probed portal: number, stable id, URL, kind, agency's type and id, province's code. */
export interface PortalLabels {
  readonly portal: number;
  readonly slug: string;
  readonly url: string;
  readonly kind: PortalKind;
  readonly ownerType: string;
  /** Whether it belongs in shares: one that only forwards to the national gateway does not. */
  readonly counted: boolean;
  readonly agency: string;
  readonly province: string | null;
}

/** The labels of all probed portals by number, or of one by stable id (none if it is not probed). */
export async function listPortalLabels(db: Database, slug?: string): Promise<PortalLabels[]> {
  const query = db
    .selectFrom("portal as p")
    .innerJoin("agency as a", "a.id", "p.agency_id")
    .leftJoin("admin_unit as u", "u.id", "p.province_id")
    .select([
      "p.id as portal",
      "p.slug",
      "p.url",
      "p.kind",
      "p.lifecycle",
      "a.owner_type as ownerType",
      "a.slug as agency",
      "u.code as province",
    ])
    .where("p.lifecycle", "in", LIFECYCLES.filter(isProbed))
    .orderBy("p.id");
  const rows = await (slug === undefined ? query : query.where("p.slug", "=", slug)).execute();
  return rows.map(({ lifecycle, ...labels }) => ({ ...labels, counted: lifecycle === "active" }));
}
