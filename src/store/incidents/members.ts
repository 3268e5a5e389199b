import { sql } from "kysely";
import type { OpenRow } from "./open-rows.ts";
import type { Round } from "./round.ts";

/** Portals that each incident is about, by number: its own, or its present members. */
export async function readMembers(
  { trx }: Round,
  rows: readonly OpenRow[],
): Promise<Map<number, readonly number[]>> {
  const members = new Map<number, readonly number[]>(
    rows.flatMap(({ id, portal_id }) => (portal_id === null ? [] : [[id, [portal_id]] as const])),
  );
  const several = rows.filter(
    ({ portal_id, kind }) => portal_id === null && kind !== "vantage_degraded",
  );
  if (several.length === 0) return members;
  const { rows: found } = await sql<{ incident: number; portals: number[] }>`
    select incident_id as incident, array_agg(portal_id order by portal_id) as portals
    from incident_member
    where incident_id = any(${several.map(({ id }) => id)}::bigint[]) and to_at is null
    group by 1`.execute(trx);
  for (const { incident, portals } of found) members.set(incident, portals);
  return members;
}
