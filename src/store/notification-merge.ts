import { sql } from "kysely";
import { type DeliveryRate, rateWindowMs, tokensLeft } from "../domain/incident/delivery.ts";
import type { NotifyMessage } from "../domain/incident/notice.ts";
import type { Database } from "./database.ts";

/** One that could be claimed, locked until the transaction ends. */
export interface DueNotification {
  readonly id: number;
  /** It was never tried, and tells of one incident: its receiver does not miss it where it is told among others. */
  readonly mergeable: boolean;
}

/** Incidents that one message names; of the others it says how many there are. */
const NAMED = 20;

/**
 * Leaves of what is due for a channel what its rate allows now. Where more is due, the rest becomes one notification
 * that tells them together; what cannot be merged waits.
 */
export async function mergeBeyondRate(
  trx: Database,
  { channel, rate, now }: { channel: string; rate: DeliveryRate; now: Date },
  due: readonly DueNotification[],
): Promise<readonly DueNotification[]> {
  if (due.length === 0) return [];
  const tokens = await tokensOf(trx, channel, rate, now);
  if (due.length <= tokens || tokens === 0) return due.slice(0, tokens);
  // One message is that of the rest. What cannot be merged comes first in what is due.
  const rest = due.slice(tokens - 1).filter(({ mergeable }) => mergeable);
  if (rest.length < 2) return due.slice(0, tokens);
  const whole = await merge(
    trx,
    channel,
    now,
    rest.map(({ id }) => id),
  );
  return [...due.slice(0, tokens - 1), { id: whole, mergeable: false }];
}

async function tokensOf(trx: Database, channel: string, rate: DeliveryRate, now: Date) {
  const since = new Date(now.getTime() - rateWindowMs(rate));
  const { rows } = await sql<{ at: Date }>`
    select sent_at as at from notification
    where channel = ${channel} and state = 'sent' and sent_at > ${since}
    union all
    select ${now}::timestamptz from notification
    where channel = ${channel} and state = 'pending' and claimed_until > ${now}`.execute(trx);
  return tokensLeft(
    rate,
    rows.map(({ at }) => at.getTime()),
    now.getTime(),
  );
}

/** Makes one notification of many, in their order; returns its number. */
async function merge(trx: Database, channel: string, now: Date, ids: readonly number[]) {
  const named = await trx
    .selectFrom("notification")
    .select(["id", "message"])
    .where("id", "in", ids.slice(0, NAMED))
    .execute();
  const place = new Map(ids.map((id, at) => [id, at]));
  const messages = named
    .toSorted((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0))
    .map(({ message }) => message);
  const message: NotifyMessage = {
    version: 1,
    event: "digest",
    at: now.toISOString(),
    made_up: messages.some(({ made_up }) => made_up),
    incident: null,
    digest: {
      total: ids.length,
      items: messages.flatMap(({ event, incident }) =>
        incident === null ? [] : [{ event, incident }],
      ),
    },
  };
  const { id } = await trx
    .insertInto("notification")
    .values({
      incident_id: null,
      event: "digest",
      channel,
      // One of these rows is in no other digest.
      dedupe_key: `digest:${channel}:${Math.min(...ids)}-${Math.max(...ids)}-${ids.length}`,
      message: JSON.stringify(message),
      next_at: now,
      created_at: now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await trx
    .updateTable("notification")
    .set({ state: "merged", merged_into: id })
    .where("id", "in", ids)
    .execute();
  return id;
}
