import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../src/domain/usage-error.ts";
import { createMailer, type Mailer } from "../src/notify/mail.ts";
import { clockIn, dayIn, dayStartIn } from "../src/reports/zone-day.ts";
import {
  claimReminder,
  notReminded,
  type ReminderContact,
  reminderFailed,
  reminderSent,
} from "../src/store/coverage-reminders.ts";
import type { Job, JobDeps, JobOnRequest, JobOptions, JobSettings } from "./job.ts";
import { type ComposedReminder, composeReminders } from "./reminder-mail.ts";

/** Twice an hour: what failed is tried again soon after its pause; most runs find nothing to do. */
export const reminders: Job = {
  name: "reminders",
  does: "reminds provinces of coverage figures that they owe by mail; --dry-run FOLDER writes the messages",
  cron: "11,41 * * * *",
  atStart: false,
  async run(deps) {
    if (deps.settings.mail === null) return { mail: "not configured" };
    if (!isDaytime(deps)) return { waits: "for the day" };
    return send(deps, deps.settings.mail);
  },
};

/** The same with options: files instead of mail. */
export const remindersOnRequest: JobOnRequest = {
  name: reminders.name,
  does: reminders.does,
  prepare(options) {
    const folder = readFolder(options);
    return folder === null
      ? reminders
      : { name: reminders.name, run: (deps) => write(deps, folder) };
  },
};

/** Nobody is reminded before eight or after eighteen o'clock in the reporting time zone. */
const FIRST_HOUR = 8;
const LAST_HOUR = 18;

function isDaytime({ clock, settings }: JobDeps): boolean {
  const hour = new Date(clockIn(settings.reportTimezone, clock())).getUTCHours();
  return hour >= FIRST_HOUR && hour < LAST_HOUR;
}

function dayBegan({ clock, settings }: JobDeps): Date {
  const zone = settings.reportTimezone;
  return new Date(dayStartIn(zone, dayIn(zone, clock())));
}

interface Deliveries {
  readonly sent: number;
  readonly failed: number;
  /** Another process was at it. */
  readonly claimed: number;
}

/**
 * Sends each reminder once, as far as SMTP allows: the try is noted before it is made and its end after. Whoever dies
 * in between leaves a note that runs out, and the next try carries the same Message-ID.
 */
async function send(
  deps: JobDeps,
  { server, from }: NonNullable<JobSettings["mail"]>,
): Promise<Deliveries> {
  const { db, clock } = deps;
  const mailer = createMailer(server, from);
  const counts = { sent: 0, failed: 0, claimed: 0 };
  try {
    const waiting = composeReminders(deps, (contacts, day) =>
      notReminded(db, contacts, day, { now: new Date(clock()), dayBegan: dayBegan(deps) }),
    );
    for await (const composed of waiting) {
      for (const contact of composed.contacts) {
        counts[await deliver(deps, mailer, { composed, contact, from })] += 1;
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
  what: { composed: ComposedReminder; contact: ReminderContact; from: string },
): Promise<keyof Deliveries> {
  const { composed, contact, from } = what;
  const { day } = composed;
  const key = { round: contact.round, province: contact.province, contact: contact.contact, day };
  const messageId = messageIdOf(composed, contact, from);
  const claim = await claimReminder(db, key, messageId, new Date(clock()));
  if (claim === null) return "claimed";
  const outcome = await mailer.send({
    ...composed.mail,
    to: contact.address,
    messageId: claim.messageId,
    date: new Date(clock()),
  });
  if (outcome.ok) {
    await reminderSent(db, claim, new Date(clock()));
    return "sent";
  }
  await reminderFailed(db, claim, outcome.problem, new Date(clock()));
  const facts = { province: contact.code, contact: contact.contact, ...outcome.problem };
  log.warn(facts, "A reminder was not taken by the mail server");
  return "failed";
}

/** The same for every try of one reminder to one address, and for no other (RFC 5322 section 3.6.4). */
function messageIdOf(
  { round, day }: ComposedReminder,
  { code, address }: ReminderContact,
  from: string,
): string {
  const text = [round.as_of, day, code, address].join("\n");
  const digest = createHash("sha256").update(text).digest("hex");
  return `<reminder.${day}.${digest.slice(0, 32)}@${from.slice(from.lastIndexOf("@") + 1)}>`;
}

/** Writes what would be said today, whether or not mail is configured and whatever was sent already. */
async function write(deps: JobDeps, folder: string): Promise<object> {
  await mkdir(folder, { recursive: true });
  let written = 0;
  for await (const composed of composeReminders(deps, async (all) => all)) {
    const { round, province, lang, mail } = composed;
    const name = join(folder, `${round.quarter}-${province}-${lang}`);
    await writeFile(`${name}.txt`, `${mail.subject}\n\n${mail.text}`);
    for (const { content } of mail.attachments) await writeFile(`${name}.xlsx`, content);
    written += 1;
  }
  const done = { written, folder };
  deps.log.info(done, "Reminders are written, none is sent:");
  return done;
}

function readFolder(options: JobOptions): string | null {
  const { dryRun: folder = null, ...others } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new UsageError(`The job reminders takes no option --${unknown}.`);
  if (folder === true) throw new UsageError("--dry-run needs a folder.");
  return folder;
}
