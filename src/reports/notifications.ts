import { sql } from "kysely";
import type { IncidentKind, Severity } from "../domain/incident/kinds.ts";
import type { NotifyEvent, NotifyMessage } from "../domain/incident/notice.ts";
import type { Database } from "../store/database.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";

/** How a notification stands; `merged`: it became a part of a digest. */
export const NOTIFICATION_STATES = ["pending", "sent", "dead", "merged"] as const;

export type NotificationState = (typeof NOTIFICATION_STATES)[number];

/** One message to one channel. Instants are ISO 8601 UTC. */
export interface NotificationRow {
  readonly id: number;
  readonly incident: number | null;
  readonly event: NotifyEvent;
  /** Counts repeats of one event. */
  readonly step: number;
  readonly channel: string;
  readonly dedupe_key: string;
  readonly state: NotificationState;
  readonly attempts: number;
  /** When it is tried next; null unless it is pending. */
  readonly next_at: string | null;
  readonly created_at: string;
  readonly sent_at: string | null;
  /** What the last try failed by. */
  readonly error: string | null;
  readonly merged_into: number | null;
  /** What it is about, for lists. */
  readonly about: {
    readonly kind: IncidentKind | null;
    readonly severity: Severity | null;
    readonly portal: { readonly id: string; readonly name_vi: string } | null;
  };
}

/** Which notifications; every part is optional. */
export interface NotificationFilter {
  readonly state?: NotificationState | undefined;
  readonly channel?: string | undefined;
  readonly incident?: number | undefined;
  readonly event?: NotifyEvent | undefined;
}

/** Instant (ISO 8601) and number of the last notification shown. */
export type NotificationPosition = readonly [string, number];

/** Notifications, the latest first. */
export async function listNotifications(
  db: Database,
  filter: NotificationFilter,
  page: PageRequest<NotificationPosition>,
): Promise<Page<NotificationRow, NotificationPosition>> {
  let query = notificationsQuery(db)
    .orderBy("n.created_at", "desc")
    .orderBy("n.id", "desc")
    .limit(page.limit + 1);
  const { state, channel, incident, event } = filter;
  if (state !== undefined) query = query.where("n.state", "=", state);
  if (channel !== undefined) query = query.where("n.channel", "=", channel);
  if (incident !== undefined) query = query.where("n.incident_id", "=", incident);
  if (event !== undefined) query = query.where("n.event", "=", event);
  if (page.after) {
    const [at, id] = page.after;
    query = query.where(sql<boolean>`(n.created_at, n.id) < (${at}::timestamptz, ${id})`);
  }
  const { rows, next } = toPage(await query.execute(), page.limit, (row): NotificationPosition => [
    row.created_at.toISOString(),
    row.id,
  ]);
  return { rows: rows.map(toNotificationRow), next };
}

/** One notification with the message that its channel gets, or null. */
export async function findNotification(
  db: Database,
  id: number,
): Promise<(NotificationRow & { readonly message: NotifyMessage }) | null> {
  const row = await notificationsQuery(db).where("n.id", "=", id).executeTakeFirst();
  return row === undefined ? null : { ...toNotificationRow(row), message: row.message };
}

/** Notifications of each state by channel, and when the oldest pending one was made. */
export interface OutboxCount {
  readonly channel: string;
  readonly pending: number;
  readonly sent: number;
  readonly dead: number;
  readonly merged: number;
  readonly oldest_pending_at: string | null;
}

/** The outbox in numbers, by channel's name. */
export async function countOutbox(db: Database): Promise<OutboxCount[]> {
  const { rows } = await sql<Omit<OutboxCount, "oldest_pending_at"> & { oldest: Date | null }>`
    select channel, ${sql.join(
      NOTIFICATION_STATES.map(
        (state) => sql`count(*) filter (where state = ${sql.lit(state)}) as ${sql.id(state)}`,
      ),
    )}, min(created_at) filter (where state = 'pending') as oldest
    from notification group by channel order by channel collate "C"`.execute(db);
  return rows.map(({ oldest, ...row }) => ({
    ...row,
    oldest_pending_at: oldest?.toISOString() ?? null,
  }));
}

function notificationsQuery(db: Database) {
  return db
    .selectFrom("notification as n")
    .leftJoin("incident as i", "i.id", "n.incident_id")
    .leftJoin("portal as p", "p.id", "i.portal_id")
    .selectAll("n")
    .select(["i.kind", "i.severity", "p.slug", "p.name_vi"]);
}

type Row = Awaited<ReturnType<ReturnType<typeof notificationsQuery>["executeTakeFirstOrThrow"]>>;

function toNotificationRow(row: Row): NotificationRow {
  const { slug, name_vi } = row;
  return {
    id: row.id,
    incident: row.incident_id,
    event: row.event,
    step: row.step,
    channel: row.channel,
    dedupe_key: row.dedupe_key,
    state: row.state,
    attempts: row.attempts,
    next_at: row.state === "pending" ? row.next_at.toISOString() : null,
    created_at: row.created_at.toISOString(),
    sent_at: row.sent_at?.toISOString() ?? null,
    error: row.error,
    merged_into: row.merged_into,
    about: {
      kind: row.kind,
      severity: row.severity,
      portal: slug === null ? null : { id: slug, name_vi: name_vi ?? slug },
    },
  };
}
