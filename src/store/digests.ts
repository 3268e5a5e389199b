import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { Database } from "./database.ts";
import { failedTry, leaseUntil, sentTry, type TryEnd } from "./mail-tries.ts";

/** Somebody who is to get the digest of a month. */
export interface DueDigest {
  /** The recipient's number. */
  readonly recipient: number;
  /** The agency's id. */
  readonly agency: string;
  readonly address: string;
  readonly lang: "vi" | "en";
}

/** A try that nobody else makes at the same time. */
export interface DigestClaim {
  readonly recipient: number;
  readonly month: Day;
  /** The same for every try. */
  readonly messageId: string;
  /** This try's number, from 1. */
  readonly attempt: number;
  readonly at: Date;
}

/** Who has not got the digest of a month yet and may be tried now, by agency. */
export async function dueDigests(db: Database, month: Day, now: Date): Promise<DueDigest[]> {
  return db
    .selectFrom("digest_recipient as r")
    .innerJoin("agency as a", "a.id", "r.agency_id")
    .leftJoin("digest_delivery as d", (join) =>
      join.onRef("d.recipient_id", "=", "r.id").on("d.month", "=", month),
    )
    .select(["r.id as recipient", "a.slug as agency", "r.address", "r.lang"])
    .where((is) => is.or([is("d.state", "is", null), is("d.retry_at", "<=", now)]))
    .orderBy("a.slug")
    .orderBy("r.id")
    .execute();
}

/** All recipients, by agency, whatever they have got. */
export async function allRecipients(db: Database): Promise<DueDigest[]> {
  return db
    .selectFrom("digest_recipient as r")
    .innerJoin("agency as a", "a.id", "r.agency_id")
    .select(["r.id as recipient", "a.slug as agency", "r.address", "r.lang"])
    .orderBy("a.slug")
    .orderBy("r.id")
    .execute();
}

/** Takes the next try of a digest, or null where another one has it, it is not time yet, or it was sent. */
export async function claimDigest(
  db: Database,
  { recipient, month }: { readonly recipient: number; readonly month: Day },
  messageId: string,
  now: Date,
): Promise<DigestClaim | null> {
  const until = leaseUntil(now);
  const { rows } = await sql<{ attempts: number; message_id: string }>`
    insert into digest_delivery (recipient_id, month, state, attempts, at, message_id, retry_at)
    select id, ${month}::date, 'sending', 1, ${now}::timestamptz, ${messageId}, ${until}::timestamptz
    from digest_recipient where id = ${recipient}
    on conflict (recipient_id, month) do update
    set state = 'sending', attempts = digest_delivery.attempts + 1, at = excluded.at, retry_at = excluded.retry_at
    where digest_delivery.state <> 'sent' and digest_delivery.retry_at <= excluded.at
    returning attempts, message_id`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  return { recipient, month, messageId: row.message_id, attempt: row.attempts, at: now };
}

/** Notes that the server took the message. */
export async function digestSent(db: Database, claim: DigestClaim, now: Date): Promise<void> {
  await settle(db, claim, sentTry(now));
}

/** Notes why a try failed, and when the next one is; for a permanent problem there is none. */
export async function digestFailed(
  db: Database,
  claim: DigestClaim,
  problem: { readonly permanent: boolean; readonly what: string },
  now: Date,
): Promise<void> {
  await settle(db, claim, failedTry(claim.attempt, problem, now));
}

/** Changes nothing where somebody else has the delivery by now. */
async function settle(db: Database, claim: DigestClaim, end: TryEnd): Promise<void> {
  await db
    .updateTable("digest_delivery")
    .set(end)
    .where("recipient_id", "=", claim.recipient)
    .where("month", "=", claim.month)
    .where("state", "=", "sending")
    .where("attempts", "=", claim.attempt)
    .execute();
}
