import type { Database } from "../../store/database.ts";

/** One line of what happened to an incident. Instants are ISO 8601 UTC. */
export interface TimelineRow {
  readonly id: number;
  /** A slug: opened, changed, told, acknowledged, comment, resolved, … */
  readonly event: string;
  /** When what it tells of was. */
  readonly at: string;
  readonly recorded_at: string;
  /** Who did it; null: the service. */
  readonly actor: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** More than anybody reads; a flapping portal's incident has dozens. */
const MAX_LINES = 1000;

/** What happened to an incident, in the order in which it was written down. */
export async function incidentTimeline(db: Database, incident: number): Promise<TimelineRow[]> {
  const rows = await db
    .selectFrom("incident_event")
    .selectAll()
    .where("incident_id", "=", incident)
    .orderBy("id")
    .limit(MAX_LINES)
    .execute();
  return rows.map(({ id, event, at, recorded_at: recordedAt, actor, facts }) => ({
    id,
    event,
    at: at.toISOString(),
    recorded_at: recordedAt.toISOString(),
    actor,
    facts: facts as Record<string, unknown>,
  }));
}
