import type { Day } from "../src/domain/calendar.ts";
import { createMailer } from "../src/notify/mail.ts";
import {
  claimDigest,
  type DigestClaim,
  digestFailed,
  digestSent,
  type DueDigest,
} from "../src/store/digests.ts";
import { type Deliveries, deliver, type Delivery, messageIdOf } from "./deliver.ts";
import { type ComposedDigest, composeDigests } from "./digest-mail.ts";
import type { JobDeps, JobSettings } from "./job.ts";

/** Sends each digest that is due, once. */
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
        counts[
          await deliver(deps, mailer, toRecipient(deps, { composed, recipient, month, from }))
        ] += 1;
      }
    }
    return counts;
  } finally {
    mailer.close();
  }
}

function toRecipient(
  { db, log }: JobDeps,
  what: { composed: ComposedDigest; recipient: DueDigest; month: Day; from: string },
): Delivery<DigestClaim> {
  const { composed, recipient, month, from } = what;
  const { agency, address } = recipient;
  const kind = `digest.${month.slice(0, 7)}`;
  return {
    mail: composed.mail,
    to: address,
    claim: (now) => {
      const messageId = messageIdOf(kind, [agency, address, month], from);
      return claimDigest(db, { recipient: recipient.recipient, month }, messageId, now);
    },
    sent: (claim, now) => digestSent(db, claim, now),
    failed: (claim, problem, now) => digestFailed(db, claim, problem, now),
    tell: (problem) => {
      const facts = { agency, recipient: recipient.recipient, ...problem };
      log.warn(facts, "A digest was not taken by the mail server");
    },
  };
}
