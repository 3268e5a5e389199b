import { sql } from "kysely";
import type { Database } from "../database.ts";
import { storableJson } from "../storable-json.ts";

/** One line of an incident's timeline, which is only ever added to. */
export interface TimelineEntry {
  readonly incident: number;
  /** A slug: `opened`, `reopened`, `changed`, `resolved`, `acknowledged`, `comment`, … */
  readonly event: string;
  /** When it happened, milliseconds since the epoch; when it was written down stands beside it. */
  readonly at: number;
  /** Who did it; null: the service. */
  readonly actor: string | null;
  /** Small facts for people, plain JSON. */
  readonly facts: object;
}

/** Adds lines to timelines, in this order; call it inside the transaction that makes them true. */
export async function writeTimeline(
  trx: Database,
  entries: readonly TimelineEntry[],
  now: number,
): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    insert into incident_event (incident_id, event, at, recorded_at, actor, facts)
    select incident_id, event, at, ${new Date(now).toISOString()}::timestamptz, actor, facts
    from unnest(
      ${entries.map((entry) => entry.incident)}::bigint[], ${entries.map((entry) => entry.event)}::text[],
      ${entries.map((entry) => new Date(entry.at).toISOString())}::timestamptz[],
      ${entries.map((entry) => entry.actor)}::text[],
      ${entries.map((entry) => JSON.stringify(storableJson(entry.facts)))}::jsonb[]
    ) with ordinality as entry(incident_id, event, at, actor, facts, place)
    order by place`.execute(trx);
}
