import { sql } from "kysely";
import type { Database } from "../database.ts";
import { CHANGEABLE, changeableColumns, standingOf, type ChangeOf } from "./incident-values.ts";
import type { TimelineEntry } from "./timeline.ts";

/** Gives open incidents their new facts; returns what their timelines say. Ended ones stay as they are. */
export async function changeIncidents(
  trx: Database,
  changes: readonly ChangeOf<"change">[],
  now: number,
): Promise<TimelineEntry[]> {
  if (changes.length === 0) return [];
  // The last of several about one incident holds.
  const last = [...new Map(changes.map((change) => [change.id, change])).values()];
  const facts = last.map(({ incident }) => incident);
  const { rows } = await sql<{ id: number }>`
    update incident set
      (${CHANGEABLE}) = (given.family, given.scope, given.severity, given.cause,
        least(incident.opened_at, given.opened_at), given.confirmed_at, given.last_bad_at,
        given.confirmation, given.evidence, given.flapping),
      updated_at = ${new Date(now)}::timestamptz
    from unnest(${last.map(({ id }) => id)}::bigint[], ${changeableColumns(facts)})
      as given(id, ${CHANGEABLE})
    where incident.id = given.id and incident.resolved_at is null
    returning incident.id`.execute(trx);
  const changed = new Set(rows.map(({ id }) => id));
  return changes.flatMap(({ at, id, incident, reason }) =>
    changed.has(id)
      ? [
          {
            incident: id,
            event: "changed",
            at,
            actor: null,
            facts: { reason, ...standingOf(incident) },
          },
        ]
      : [],
  );
}
