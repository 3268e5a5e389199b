import type { Database } from "../store/database.ts";

/** An agency with the province that it belongs to: its own, where it is a province's. */
export interface AgencyOwner {
  readonly id: string;
  readonly name_vi: string;
  readonly province: string | null;
}

/** The agency of this id, or null. */
export async function findAgencyOwner(db: Database, id: string): Promise<AgencyOwner | null> {
  const row = await db
    .selectFrom("agency")
    .select(["slug", "name_vi", "owner_type", "owner_code"])
    .where("slug", "=", id)
    .executeTakeFirst();
  if (!row) return null;
  const province = row.owner_type === "province" ? row.owner_code : null;
  return { id: row.slug, name_vi: row.name_vi, province };
}
