import { sql } from "kysely";
import type { NotifyMessage } from "../domain/incident/notice.ts";
import type { Database } from "./database.ts";

/** How the outbox stands. */
export interface OutboxStanding {
  /** When the oldest notification was made that is still to be sent, milliseconds since the epoch; null: none waits. */
  readonly oldestAt: number | null;
  readonly pending: number;
  /** Given up, and neither tried again nor forgotten. */
  readonly dead: number;
}

/** How the outbox stands now. */
export async function outboxStanding(db: Database): Promise<OutboxStanding> {
  const { rows } = await sql<{ oldest: Date | null; pending: number; dead: number }>`
    select min(created_at) filter (where state = 'pending') as oldest,
      count(*) filter (where state = 'pending') as pending,
      count(*) filter (where state = 'dead') as dead
    from notification where state in ('pending', 'dead')`.execute(db);
  const { oldest = null, pending = 0, dead = 0 } = rows[0] ?? {};
  return { oldestAt: oldest?.getTime() ?? null, pending, dead };
}

/**
 * What a channel has told, or is to tell, of each incident that is open or ended after `endedAfter`: its messages,
 * oldest first.
 */
export async function toldThrough(
  db: Database,
  channel: string,
  endedAfter: Date,
): Promise<NotifyMessage[][]> {
  const { rows } = await sql<{ messages: NotifyMessage[] }>`
    select jsonb_agg(n.message order by n.id) as messages
    from incident join notification n on n.incident_id = incident.id
    where n.channel = ${channel} and (incident.resolved_at is null or exists (
      select from notification last
      where last.incident_id = incident.id and last.channel = ${channel} and last.event = 'resolved'
        and last.created_at > ${endedAfter}))
    group by incident.id order by incident.id`.execute(db);
  return rows.map(({ messages }) => messages);
}

/** Forgets what was sent, or given up, before an instant, unless its incident is still open; returns how many. */
export async function forgetNotifications(db: Database, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    with old as (
      select n.id from notification n
      where n.created_at < ${before} and n.state <> 'pending'
        and not exists (select from incident where incident.id = n.incident_id and incident.resolved_at is null)
        and not exists (select from notification whole where whole.id = n.merged_into
          and (whole.state = 'pending' or whole.created_at >= ${before})))
    delete from notification using old
    where notification.id = old.id and not exists (
      select from notification part where part.merged_into = notification.id
        and part.id not in (select id from old))`.execute(db);
  return Number(numAffectedRows ?? 0);
}
