import { sql } from "kysely";
import type { Database } from "./database.ts";

/** Whether the database has no administrative unit, and whether it has no portal. */
export async function registerIsEmpty(db: Database): Promise<{ units: boolean; portals: boolean }> {
  const { rows } = await sql<{ units: boolean; portals: boolean }>`
    select not exists (select from admin_unit) as units,
      not exists (select from portal) as portals`.execute(db);
  return rows[0] ?? { units: true, portals: true };
}
