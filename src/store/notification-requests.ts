import { randomUUID } from "node:crypto";
import type { NotifyMessage } from "../domain/incident/notice.ts";
import { writeAudit } from "./audit-log.ts";
import type { Database } from "./database.ts";
import type { WriteContext } from "./write-context.ts";

/** Puts a test message for a channel into the outbox; returns its number. The caller knows that there is such a channel. */
export async function enqueueTest(
  context: WriteContext,
  channel: string,
  { now, madeUp }: { now: Date; madeUp: boolean },
): Promise<number> {
  const message: NotifyMessage = {
    version: 1,
    event: "test",
    at: now.toISOString(),
    made_up: madeUp,
    incident: null,
    digest: null,
  };
  return context.db.transaction().execute(async (trx) => {
    const { id } = await trx
      .insertInto("notification")
      .values({
        incident_id: null,
        event: "test",
        channel,
        dedupe_key: `test:${channel}:${randomUUID()}`,
        message: JSON.stringify(message),
        next_at: now,
        created_at: now,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await writeAudit(trx, context.actor, [
      {
        action: "create",
        objectType: "notification",
        objectId: String(id),
        before: null,
        after: { event: "test", channel },
      },
    ]);
    return id;
  });
}

/** Lets a dead notification be tried once more, at once; false where there is none of this number that is dead. */
export async function retryNow(context: WriteContext, id: number, now: Date): Promise<boolean> {
  return context.db.transaction().execute(async (trx) => {
    const revived = await trx
      .updateTable("notification")
      .set({ state: "pending", next_at: now, claimed_until: null })
      .where("id", "=", id)
      .where("state", "=", "dead")
      .returning("channel")
      .executeTakeFirst();
    if (revived === undefined) return false;
    await writeAudit(trx, context.actor, [
      {
        action: "change",
        objectType: "notification",
        objectId: String(id),
        before: { state: "dead" },
        after: { state: "pending", channel: revived.channel },
      },
    ]);
    return true;
  });
}

/** How a notification stands. */
export interface NotificationEnd {
  readonly state: "pending" | "sent" | "dead" | "merged";
  readonly attempts: number;
  readonly error: string | null;
}

/** How the notification of this number stands; null: there is none. */
export async function notificationEnd(db: Database, id: number): Promise<NotificationEnd | null> {
  const row = await db
    .selectFrom("notification")
    .select(["state", "attempts", "error"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}
