import { sql } from "kysely";
import { LIFECYCLES, isProbed } from "../../domain/portal.ts";
import type { Database } from "../database.ts";
import { applyChanges } from "./apply-changes.ts";

/**
 * Ends the open incidents of portals that are no longer probed, for nobody will see them recover, at the time when that
 * was decided; returns the numbers of those that changed. `trx` is a transaction that holds `lockIncidents`; `now` is in
 * milliseconds since the epoch.
 */
export async function closeRetired(trx: Database, now: number): Promise<number[]> {
  const probed = LIFECYCLES.filter((lifecycle) => isProbed(lifecycle));
  const { rows } = await sql<{ id: number; retired_at: Date | null }>`
    select incident.id, portal.retired_at
    from incident join portal on portal.id = incident.portal_id
    where incident.resolved_at is null and not portal.lifecycle = any(${probed}::text[])
    order by incident.id`.execute(trx);
  const changes = rows.map(({ id, retired_at }) => ({
    type: "resolve" as const,
    at: now,
    id,
    resolvedAt: Math.min(now, retired_at?.getTime() ?? now),
    closedBy: "portal_retired" as const,
  }));
  return applyChanges(trx, changes, now);
}
