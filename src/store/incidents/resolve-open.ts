import { sql } from "kysely";
import type { Database } from "../database.ts";
import { instants, type ChangeOf } from "./incident-values.ts";
import type { TimelineEntry } from "./timeline.ts";

/** Ends open incidents, never before they began; returns what their timelines say. Ended ones stay as they are. */
export async function resolveOpen(
  trx: Database,
  changes: readonly ChangeOf<"resolve">[],
  now: number,
): Promise<TimelineEntry[]> {
  if (changes.length === 0) return [];
  const { rows } = await sql<{ id: number; resolved_at: Date }>`
    update incident set resolved_at = greatest(given.resolved_at, incident.opened_at), closed_by = given.closed_by,
      updated_at = ${new Date(now)}::timestamptz
    from unnest(
      ${changes.map(({ id }) => id)}::bigint[], ${instants(changes.map(({ resolvedAt }) => resolvedAt))},
      ${changes.map(({ closedBy }) => closedBy)}::text[]
    ) as given(id, resolved_at, closed_by)
    where incident.id = given.id and incident.resolved_at is null
    returning incident.id, incident.resolved_at`.execute(trx);
  const resolved = new Map(rows.map((row) => [row.id, row.resolved_at]));
  return changes.flatMap(({ at, id, closedBy }) => {
    const resolvedAt = resolved.get(id);
    if (resolvedAt === undefined) return [];
    const facts = { closed_by: closedBy, resolved_at: resolvedAt.toISOString() };
    return [{ incident: id, event: "resolved", at, actor: null, facts }];
  });
}
