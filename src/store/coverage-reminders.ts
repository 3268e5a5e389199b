import { sql } from "kysely";
import type { Day } from "./column-types.ts";
import type { Database } from "./database.ts";
import { failedTry, leaseUntil, sentTry, type TryEnd } from "./mail-tries.ts";

/** One reminder: of a round, for a province (the number of its unit then), to a contact, of a day. */
export interface ReminderKey {
  readonly round: number;
  readonly province: number;
  readonly contact: number;
  readonly day: Day;
}

/** Somebody who may be reminded for a province that a round has. */
export interface ReminderContact extends Omit<ReminderKey, "day"> {
  /** Code of the province. */
  readonly code: string;
  readonly address: string;
  readonly lang: "vi" | "en";
}

/** A try that nobody else makes at the same time. */
export interface ReminderClaim extends ReminderKey {
  /** The same for every try. */
  readonly messageId: string;
  /** This try's number, from 1. */
  readonly attempt: number;
}

/** The contacts of the provinces that a round has, but the excused ones; by province. */
export async function roundContacts(db: Database, round: number): Promise<ReminderContact[]> {
  return db
    .selectFrom("coverage_round_duty as d")
    .innerJoin("coverage_contact as c", "c.province_id", "d.province_id")
    .innerJoin("admin_unit as p", "p.id", "d.province_id")
    .select(["d.round_id as round", "d.province_id as province", "c.id as contact"])
    .select(["p.code", "c.address", "c.lang"])
    .where("d.round_id", "=", round)
    .where("d.excused_reason", "is", null)
    .orderBy("p.code")
    .orderBy("c.id")
    .execute();
}

/**
 * Of these contacts of one round those whose reminder of a day was not sent yet and may be tried now, and who got none
 * of another round since `dayBegan`: nobody is written to twice a day.
 */
export async function notReminded(
  db: Database,
  contacts: readonly ReminderContact[],
  day: Day,
  at: { readonly now: Date; readonly dayBegan: Date },
): Promise<ReminderContact[]> {
  const round = contacts[0]?.round;
  if (round === undefined) return [];
  const settled = await db
    .selectFrom("coverage_reminder")
    .select("contact_id")
    .where((is) =>
      is.or([
        is.and([
          is("round_id", "=", round),
          is("day", "=", day),
          is.or([is("retry_at", "is", null), is("retry_at", ">", at.now)]),
        ]),
        is.and([
          is("round_id", "<>", round),
          is("state", "<>", "failed"),
          is("at", ">=", at.dayBegan),
        ]),
      ]),
    )
    .execute();
  const known = new Set(settled.map(({ contact_id }) => contact_id));
  return contacts.filter(({ contact }) => !known.has(contact));
}

/** Takes the next try of a reminder, or null where another one has it, it is not time yet, or it was sent. */
export async function claimReminder(
  db: Database,
  key: ReminderKey,
  messageId: string,
  now: Date,
): Promise<ReminderClaim | null> {
  const until = leaseUntil(now);
  const { rows } = await sql<{ attempts: number; message_id: string }>`
    insert into coverage_reminder (round_id, province_id, contact_id, day, state, attempts, at, message_id, retry_at)
    select ${key.round}::int, ${key.province}::int, id, ${key.day}::date, 'sending', 1, ${now}::timestamptz,
      ${messageId}, ${until}::timestamptz
    from coverage_contact where id = ${key.contact}
    on conflict (round_id, province_id, contact_id, day) do update
    set state = 'sending', attempts = coverage_reminder.attempts + 1, at = excluded.at, retry_at = excluded.retry_at
    where coverage_reminder.state <> 'sent' and coverage_reminder.retry_at <= excluded.at
    returning attempts, message_id`.execute(db);
  const [row] = rows;
  return row ? { ...key, messageId: row.message_id, attempt: row.attempts } : null;
}

/** Notes that the server took the message. */
export async function reminderSent(db: Database, claim: ReminderClaim, now: Date): Promise<void> {
  await settle(db, claim, sentTry(now));
}

/** Notes why a try failed, and when the next one is; for a permanent problem there is none. */
export async function reminderFailed(
  db: Database,
  claim: ReminderClaim,
  problem: { readonly permanent: boolean; readonly what: string },
  now: Date,
): Promise<void> {
  await settle(db, claim, failedTry(claim.attempt, problem, now));
}

/** Changes nothing where somebody else has the reminder by now. */
async function settle(db: Database, claim: ReminderClaim, end: TryEnd): Promise<void> {
  await db
    .updateTable("coverage_reminder")
    .set(end)
    .where("round_id", "=", claim.round)
    .where("province_id", "=", claim.province)
    .where("contact_id", "=", claim.contact)
    .where("day", "=", claim.day)
    .where("state", "=", "sending")
    .where("attempts", "=", claim.attempt)
    .execute();
}
