import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../src/domain/usage-error.ts";
import { createMailer } from "../src/notify/mail.ts";
import { clockIn, dayIn, dayStartIn } from "../src/reports/zone-day.ts";
import {
  claimReminder,
  notReminded,
  type ReminderClaim,
  type ReminderContact,
  reminderFailed,
  reminderSent,
} from "../src/store/coverage-reminders.ts";
import { type Deliveries, deliver, type Delivery, messageIdOf } from "./deliver.ts";
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

/** Sends each reminder that is due, once. */
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
        counts[await deliver(deps, mailer, toContact(deps, { composed, contact, from }))] += 1;
      }
    }
    return counts;
  } finally {
    mailer.close();
  }
}

function toContact(
  { db, log }: JobDeps,
  what: { composed: ComposedReminder; contact: ReminderContact; from: string },
): Delivery<ReminderClaim> {
  const { composed, contact, from } = what;
  const { round, day } = composed;
  const { code, address } = contact;
  return {
    mail: composed.mail,
    to: address,
    claim: (now) => {
      const messageId = messageIdOf(`reminder.${day}`, [round.as_of, day, code, address], from);
      const { round: number, province, contact: id } = contact;
      return claimReminder(db, { round: number, province, contact: id, day }, messageId, now);
    },
    sent: (claim, now) => reminderSent(db, claim, now),
    failed: (claim, problem, now) => reminderFailed(db, claim, problem, now),
    tell: (problem) => {
      const facts = { province: code, contact: contact.contact, ...problem };
      log.warn(facts, "A reminder was not taken by the mail server");
    },
  };
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
