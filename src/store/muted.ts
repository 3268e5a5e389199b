import { sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * Which of these portals (by number) are in maintenance at an instant (milliseconds since the epoch): in a window of
 * their own, of their agency or of their province. Whoever tells of portals asks this, and nothing else.
 */
export async function isMuted(
  trx: Database,
  portals: readonly number[],
  at: number,
): Promise<ReadonlySet<number>> {
  if (portals.length === 0) return new Set();
  const { rows } = await sql<{ id: number }>`
    select distinct portal.id
    from maintenance_occurrence occurrence
    join maintenance_window as planned on planned.id = occurrence.window_id
    join portal on portal.id = planned.portal_id or portal.agency_id = planned.agency_id
      or portal.province_id = planned.province_id
    where occurrence.ends_at > ${new Date(at)} and occurrence.starts_at <= ${new Date(at)}
      and portal.id = any(${[...new Set(portals)]}::int[])`.execute(trx);
  return new Set(rows.map(({ id }) => id));
}
