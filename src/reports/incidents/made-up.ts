import { sql } from "kysely";
import type { Database } from "../../store/database.ts";

/** Whether any of these incidents (by number) is about a portal that is made up. */
export async function aboutMadeUp(db: Database, incidents: readonly number[]): Promise<boolean> {
  if (incidents.length === 0) return false;
  const { rows } = await sql`
    select from incident i
    left join incident_member m on m.incident_id = i.id
    join portal p on p.id = i.portal_id or p.id = m.portal_id
    where i.id = any(${[...incidents]}::bigint[]) and p.made_up limit 1`.execute(db);
  return rows.length > 0;
}
