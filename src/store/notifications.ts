import { type ExpressionBuilder, sql } from "kysely";
import { type DeliveryRate, nextTry } from "../domain/incident/delivery.ts";
import type { NotifyEvent, NotifyMessage } from "../domain/incident/notice.ts";
import type { Database } from "./database.ts";
import { type DueNotification, mergeBeyondRate } from "./notification-merge.ts";
import type { Schema } from "./schema.ts";

/** A notification that this process alone may send until its lease ends. */
export interface ClaimedNotification {
  readonly id: number;
  readonly incident: number | null;
  readonly event: NotifyEvent;
  readonly channel: string;
  readonly dedupeKey: string;
  readonly message: NotifyMessage;
  /** Tries, the one that begins now included. */
  readonly attempts: number;
  readonly createdAt: Date;
  /** What the receiver called the message that told the opening; null: none. */
  readonly receipt: string | null;
  /** What an earlier try left done; null: nothing. */
  readonly progress: string | null;
  /** Until when it is ours; also what tells this claim from a later one. */
  readonly claimedUntil: Date;
}

/** How much of what is due is claimed, and for how long. */
export interface Claim {
  readonly channel: string;
  /** Null: no limit. Beyond it notifications are merged into one. */
  readonly rate: DeliveryRate | null;
  readonly now: Date;
  /** Longer than a try can take, milliseconds. */
  readonly leaseMs: number;
  readonly limit: number;
}

/** Names of channels for which something is due. */
export async function dueChannels(db: Database, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom("notification")
    .select("channel")
    .distinct()
    .where((where) => isDue(where, now))
    .orderBy("channel")
    .execute();
  return rows.map(({ channel }) => channel);
}

function isDue(where: ExpressionBuilder<Schema, "notification">, now: Date) {
  return where.and([
    where("state", "=", "pending"),
    where("next_at", "<=", now),
    where.or([where("claimed_until", "is", null), where("claimed_until", "<=", now)]),
  ]);
}

/**
 * Claims what is due for a channel: of one incident only the earliest that is not told yet, the most urgent first.
 * What another process has claimed, or is about to, is passed over. A try counts from here on.
 */
export async function claimDue(db: Database, claim: Claim): Promise<ClaimedNotification[]> {
  const { channel, now, leaseMs, limit } = claim;
  return db.transaction().execute(async (trx) => {
    const due = await lockDue(trx, channel, now);
    const single =
      claim.rate === null ? due : await mergeBeyondRate(trx, { ...claim, rate: claim.rate }, due);
    const ids = single.slice(0, limit).map(({ id }) => id);
    if (ids.length === 0) return [];
    const rows = await trx
      .updateTable("notification")
      .set({ claimed_until: new Date(now.getTime() + leaseMs) })
      .set((set) => ({ attempts: set("attempts", "+", 1) }))
      .where("id", "in", ids)
      .returningAll()
      .execute();
    const receipts = await openingReceipts(trx, ids);
    const place = new Map(ids.map((id, at) => [id, at]));
    return rows
      .toSorted((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0))
      .map((row) => ({
        id: row.id,
        incident: row.incident_id,
        event: row.event,
        channel: row.channel,
        dedupeKey: row.dedupe_key,
        message: row.message,
        attempts: row.attempts,
        createdAt: row.created_at,
        receipt: receipts.get(row.id) ?? null,
        progress: row.receipt,
        claimedUntil: row.claimed_until ?? now,
      }));
  });
}

/** More than this at once are left for the next claim. */
const MOST_DUE = 2000;

async function lockDue(trx: Database, channel: string, now: Date): Promise<DueNotification[]> {
  const { rows } = await sql<DueNotification>`
    select n.id, n.attempts = 0 and n.incident_id is not null as mergeable
    from notification n
    where n.channel = ${channel} and n.state = 'pending' and n.next_at <= ${now}
      and (n.claimed_until is null or n.claimed_until <= ${now})
      and not exists (
        select from notification earlier left join notification whole on whole.id = earlier.merged_into
        where earlier.incident_id = n.incident_id and earlier.channel = n.channel and earlier.id < n.id
          and 'pending' in (earlier.state, whole.state))
    order by n.attempts = 0 and n.incident_id is not null,
      array_position(array['critical', 'major', 'minor', 'info'], n.message #>> '{incident,severity}'), n.id
    limit ${MOST_DUE}
    for update of n skip locked`.execute(trx);
  return rows;
}

/** By notification, what its receiver called the last message that told the opening of the same incident. */
async function openingReceipts(
  trx: Database,
  ids: readonly number[],
): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; receipt: string }>`
    select distinct on (n.id) n.id, coalesce(whole.receipt, opening.receipt) as receipt
    from notification n
    join notification opening on opening.incident_id = n.incident_id and opening.channel = n.channel
      and opening.event = 'opened' and opening.id < n.id
    left join notification whole on whole.id = opening.merged_into
    where n.id in (${sql.join(ids)}) and 'sent' in (opening.state, whole.state)
      and coalesce(whole.receipt, opening.receipt) is not null
    order by n.id, opening.id desc`.execute(trx);
  return new Map(rows.map(({ id, receipt }) => [id, receipt]));
}

/** A channel has taken a notification; true even for one whose lease ended in the meantime. */
export async function markSent(
  db: Database,
  id: number,
  { now, receipt, note }: { now: Date; receipt: string | null; note: string | null },
): Promise<void> {
  await db
    .updateTable("notification")
    .set({ state: "sent", sent_at: now, receipt, error: note, claimed_until: null })
    .where("id", "=", id)
    .where("state", "in", ["pending", "dead"])
    .execute();
}

/** What came of a try that failed. */
export interface FailedSend {
  readonly now: Date;
  /** One line without secrets. */
  readonly what: string;
  /** The same would be refused again. */
  readonly permanent: boolean;
  readonly retryAfterMs: number | null;
  /** What the next try need not do again; null: everything. */
  readonly progress: string | null;
  /** 0–1. */
  readonly random: number;
}

/** Sets a claimed notification to be tried again, or declares it dead; a claim that was lost changes nothing. */
export async function markFailed(
  db: Database,
  claimed: Pick<ClaimedNotification, "id" | "attempts" | "createdAt" | "claimedUntil">,
  failed: FailedSend,
): Promise<"again" | "dead"> {
  const next = failed.permanent
    ? null
    : nextTry({
        attempts: claimed.attempts,
        createdAt: claimed.createdAt.getTime(),
        now: failed.now.getTime(),
        retryAfterMs: failed.retryAfterMs,
        random: failed.random,
      });
  await db
    .updateTable("notification")
    .set({
      ...(next === null ? { state: "dead" as const } : { next_at: new Date(next) }),
      error: failed.what.slice(0, MAX_ERROR),
      receipt: failed.progress,
      claimed_until: null,
    })
    .where("id", "=", claimed.id)
    .where("state", "=", "pending")
    .where("claimed_until", "=", claimed.claimedUntil)
    .execute();
  return next === null ? "dead" : "again";
}

const MAX_ERROR = 500;

/** Gives back what processes that are gone have claimed. For a process that knows that it is the only one. */
export async function releaseClaims(db: Database): Promise<void> {
  await db
    .updateTable("notification")
    .set({ claimed_until: null })
    .where("state", "=", "pending")
    .where("claimed_until", "is not", null)
    .execute();
}
