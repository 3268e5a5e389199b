import { notice } from "../../support/made-up-notices.ts";
import type { NoticeIncident, NotifyEvent } from "../../../src/domain/incident/notice.ts";
import type { Database } from "../../../src/store/database.ts";

/** Open incidents, or ended ones, about subjects that nobody else has; returns their numbers in the order of subjects. */
export async function openIncidents(
  db: Database,
  subjects: readonly string[],
  resolvedAt: Date | null = null,
): Promise<number[]> {
  const at = new Date("2026-11-25T07:00:00Z");
  const rows = await db
    .insertInto("incident")
    .values(
      subjects.map((subject) => ({
        kind: "down" as const,
        subject,
        portal_id: null,
        vantage_id: null,
        family: null,
        severity: "major" as const,
        cause: "connect_timeout",
        opened_at: at,
        confirmed_at: at,
        last_bad_at: at,
        resolved_at: resolvedAt,
        closed_by: resolvedAt === null ? null : "observation",
      })),
    )
    .returning("id")
    .execute();
  return rows.map(({ id }) => id).toSorted((one, other) => one - other);
}

/** One of them. */
export async function openIncident(
  db: Database,
  subject: string,
  resolvedAt: Date | null = null,
): Promise<number> {
  const [id = 0] = await openIncidents(db, [subject], resolvedAt);
  return id;
}

/** What is to be told. */
export interface ToEnqueue {
  readonly incident: number;
  readonly event: NotifyEvent;
  readonly channel: string;
  readonly now: Date;
  readonly step?: number;
  readonly notice?: Partial<NoticeIncident>;
}

/** Notifications as the loop writes them, due at once; returns their numbers in order. */
export async function enqueueAll(db: Database, all: readonly ToEnqueue[]): Promise<number[]> {
  const rows = await db
    .insertInto("notification")
    .values(
      all.map(({ incident, event, channel, now, step = 0, notice: change }) => ({
        incident_id: incident,
        event,
        step,
        channel,
        dedupe_key: `${incident}:${event}:${step}:${channel}`,
        message: JSON.stringify({
          ...notice(event, { id: incident, ...change }),
          at: now.toISOString(),
        }),
        next_at: now,
        created_at: now,
      })),
    )
    .returning("id")
    .execute();
  return rows.map(({ id }) => id).toSorted((one, other) => one - other);
}

/** One of them. */
export async function enqueue(db: Database, given: ToEnqueue): Promise<number> {
  const [id = 0] = await enqueueAll(db, [given]);
  return id;
}
