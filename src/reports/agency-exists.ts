import type { Database } from "../store/database.ts";

/** Whether there is an agency of this stable id. */
export async function agencyExists(db: Database, id: string): Promise<boolean> {
  const row = await db.selectFrom("agency").select("id").where("slug", "=", id).executeTakeFirst();
  return row !== undefined;
}
