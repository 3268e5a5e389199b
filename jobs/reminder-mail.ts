import type { Day } from "../src/domain/calendar.ts";
import { isOwing, reminderDay } from "../src/domain/coverage/round.ts";
import { makeTemplate } from "../src/importing/province-template.ts";
import type { Mail } from "../src/notify/mail.ts";
import { roundProgress } from "../src/reports/coverage-rounds/progress.ts";
import { reminderText } from "../src/reports/coverage-rounds/reminder-text.ts";
import { openedRounds, type RoundRow } from "../src/reports/coverage-rounds/rounds.ts";
import { dayIn } from "../src/reports/zone-day.ts";
import { type ReminderContact, roundContacts } from "../src/store/coverage-reminders.ts";
import type { JobDeps } from "./job.ts";

/** What a province is told in one language, and who is told. */
export interface ComposedReminder {
  readonly round: RoundRow;
  /** The day whose reminder it is. */
  readonly day: Day;
  /** Code of the province. */
  readonly province: string;
  readonly lang: "vi" | "en";
  readonly contacts: readonly ReminderContact[];
  readonly mail: Pick<Mail, "subject" | "text" | "attachments">;
}

/** Which contacts of a round are to be told on a day. */
export type ChooseContacts = (
  contacts: readonly ReminderContact[],
  day: Day,
) => Promise<readonly ReminderContact[]>;

/** ISO/IEC 29500 spreadsheet. */
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Composes the reminders of provinces that owe something, once per province and language, when they are asked for. */
export async function* composeReminders(
  { db, settings, clock }: JobDeps,
  choose: ChooseContacts,
): AsyncGenerator<ComposedReminder> {
  const at = { now: clock(), timezone: settings.reportTimezone };
  const today = dayIn(at.timezone, at.now);
  for (const round of await openedRounds(db, today)) {
    const days = { asOf: round.as_of, opensOn: round.opens_on, dueOn: round.due_on };
    const day = reminderDay(days, today);
    const contacts = day === null ? [] : await choose(await roundContacts(db, round.id), day);
    // How far a round is takes a while: it is not asked where nobody waits for a word.
    if (day === null || contacts.length === 0) continue;
    const { duties } = await roundProgress(db, round, at);
    for (const duty of duties.filter(({ state }) => isOwing(state))) {
      const { code: province } = duty.province;
      const own = contacts.filter(({ code }) => code === province);
      if (own.length === 0) continue;
      const asked = { province, asOf: round.as_of, indicators: round.indicators };
      const template = await makeTemplate(db, asked);
      const file = template.ok ? template.value : null;
      const attachments =
        file === null ? [] : [{ filename: file.name, contentType: XLSX, content: file.bytes }];
      const { madeUp } = settings;
      const { note } = round;
      const { asOf, dueOn } = days;
      const told = { asOf, dueOn, today, duty, note, madeUp, attached: file?.name ?? null };
      for (const [lang, readers] of Map.groupBy(own, (each) => each.lang)) {
        const mail = { ...reminderText(told, lang), attachments };
        yield { round, day, province, lang, contacts: readers, mail };
      }
    }
  }
}
