import { createHash } from "node:crypto";
import type { Mail, Mailer } from "../src/notify/mail.ts";
import type { JobDeps } from "./job.ts";

/** What became of mails that were due; `claimed`: another process was at it. */
export interface Deliveries {
  readonly sent: number;
  readonly failed: number;
  readonly claimed: number;
}

type Problem = Extract<Awaited<ReturnType<Mailer["send"]>>, { readonly ok: false }>["problem"];

/** One mail to one address, and where its tries are noted. */
export interface Delivery<Claim> {
  readonly mail: Pick<Mail, "subject" | "text" | "attachments">;
  readonly to: string;
  /** Notes that a try begins; null where somebody else is at it. */
  readonly claim: (now: Date) => Promise<Claim | null>;
  readonly sent: (claim: Claim, now: Date) => Promise<void>;
  readonly failed: (claim: Claim, problem: Problem, now: Date) => Promise<void>;
  /** Tells of a problem, by words and numbers and never by an address. */
  readonly tell: (problem: Problem) => void;
}

/**
 * Sends a mail once, as far as SMTP allows: the try is noted before it is made and its end after. Whoever dies in
 * between leaves a note that runs out, and the next try carries the same Message-ID.
 */
export async function deliver<Claim extends { readonly messageId: string }>(
  { clock }: Pick<JobDeps, "clock">,
  mailer: Mailer,
  { mail, to, ...tries }: Delivery<Claim>,
): Promise<keyof Deliveries> {
  const claim = await tries.claim(new Date(clock()));
  if (claim === null) return "claimed";
  const { messageId } = claim;
  const outcome = await mailer.send({ ...mail, to, messageId, date: new Date(clock()) });
  if (outcome.ok) {
    await tries.sent(claim, new Date(clock()));
    return "sent";
  }
  await tries.failed(claim, outcome.problem, new Date(clock()));
  tries.tell(outcome.problem);
  return "failed";
}

/** The same for every try of one mail to one address, and for no other (RFC 5322 section 3.6.4). */
export function messageIdOf(kind: string, facts: readonly string[], from: string): string {
  const digest = createHash("sha256").update(facts.join("\n")).digest("hex");
  return `<${kind}.${digest.slice(0, 32)}@${from.slice(from.lastIndexOf("@") + 1)}>`;
}
