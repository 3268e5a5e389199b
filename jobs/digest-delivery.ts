import { createHash } from "node:crypto";
import type { Day } from "../src/domain/calendar.ts";
import { createMailer, type Mailer } from "../src/notify/mail.ts";
import { claimDigest, digestFailed, digestSent, type DueDigest } from "../src/store/digests.ts";
import { type ComposedDigest, composeDigests } from "./digest-mail.ts";
import type { JobDeps, JobSettings } from "./job.ts";

/** What became of the digests that were due; `claimed`: another process was at it. */
export interface Deliveries {
  readonly sent: number;
  readonly failed: number;
  readonly claimed: number;
}

/**
 * Sends each digest once, as far as SMTP allows: the try is noted before it is made and its end after. Whoever dies in
 * between leaves a note that runs out, and the next try carries the same Message-ID.
 */
export async function sendDigests(
  deps: JobDeps,
  { server, from }: NonNullable<JobSettings["mail"]>,
  month: Day,
  due: readonly DueDigest[],
): Promise<Deliveries> {
  const mailer = createMailer(server, from);
  const counts = { sent: 0, failed: 0, claimed: 0 };
  try {
    for await (const composed of composeDigests(deps, month, due)) {
      for (const recipient of composed.recipients) {
        counts[await deliver(deps, mailer, { composed, recipient, month, from })] += 1;
      }
    }
    return counts;
  } finally {
    mailer.close();
  }
}

async function deliver(
  { db, clock, log }: JobDeps,
  mailer: Mailer,
  what: { composed: ComposedDigest; recipient: DueDigest; month: Day; from: string },
): Promise<keyof Deliveries> {
  const { composed, recipient, month, from } = what;
  const messageId = messageIdOf(recipient, month, from);
  const key = { recipient: recipient.recipient, month };
  const claim = await claimDigest(db, key, messageId, new Date(clock()));
  if (claim === null) return "claimed";
  const outcome = await mailer.send({
    ...composed.mail,
    to: recipient.address,
    messageId: claim.messageId,
    date: new Date(clock()),
  });
  if (outcome.ok) {
    await digestSent(db, claim, new Date(clock()));
    return "sent";
  }
  await digestFailed(db, claim, outcome.problem, new Date(clock()));
  const facts = { agency: recipient.agency, recipient: recipient.recipient, ...outcome.problem };
  log.warn(facts, "A digest was not taken by the mail server");
  return "failed";
}

/** The same for every try of one digest to one address, and for no other (RFC 5322 section 3.6.4). */
function messageIdOf({ agency, address }: DueDigest, month: Day, from: string): string {
  const digest = createHash("sha256").update(`${agency}\n${address}\n${month}`).digest("hex");
  return `<digest.${month.slice(0, 7)}.${digest.slice(0, 32)}@${from.slice(from.lastIndexOf("@") + 1)}>`;
}
