import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { addMonths, type Day, monthStart } from "../src/domain/calendar.ts";
import { dueDigest } from "../src/domain/digest-month.ts";
import { UsageError } from "../src/domain/usage-error.ts";
import { allRecipients, dueDigests } from "../src/store/digests.ts";
import { sendDigests } from "./digest-delivery.ts";
import { composeDigests } from "./digest-mail.ts";
import type { Job, JobDeps, JobOnRequest, JobOptions, RunnableJob } from "./job.ts";

/** Four times an hour: what failed is tried again soon after its pause; most runs find nothing to do. */
export const digest: Job = {
  name: "digest",
  does: "sends agencies their monthly digest by mail; --dry-run FOLDER writes it, --month YYYY-MM names the month",
  cron: "4,19,34,49 * * * *",
  atStart: false,
  run(deps) {
    const month = dueDigest(deps.clock(), deps.settings.reportTimezone);
    return month === null ? Promise.resolve({ month }) : send(deps, month);
  },
};

/** The same with options: a month of one's choice, or files instead of mail. */
export const digestOnRequest: JobOnRequest = {
  name: digest.name,
  does: digest.does,
  prepare(options) {
    const { month, folder } = readOptions(options);
    if (month === null && folder === null) return digest;
    const run: RunnableJob["run"] = (deps) => {
      const wanted = month ?? lastMonth(deps);
      return folder === null ? send(deps, wanted) : write(deps, wanted, folder);
    };
    return { name: digest.name, run };
  },
};

async function send(deps: JobDeps, month: Day): Promise<object> {
  const { db, settings, clock } = deps;
  const due = await dueDigests(db, month, new Date(clock()));
  if (settings.mail === null) return { month, due: due.length, mail: "not configured" };
  return { month, ...(await sendDigests(deps, settings.mail, month, due)) };
}

/** Writes what would be sent, whether or not mail is configured and whatever was sent already. */
async function write(deps: JobDeps, month: Day, folder: string): Promise<object> {
  await mkdir(folder, { recursive: true });
  const recipients = await allRecipients(deps.db);
  let written = 0;
  for await (const { agency, lang, mail } of composeDigests(deps, month, recipients)) {
    const name = join(folder, `${month.slice(0, 7)}-${agency}-${lang}`);
    await writeFile(`${name}.txt`, `${mail.subject}\n\n${mail.text}`);
    for (const { content } of mail.attachments) await writeFile(`${name}.xlsx`, content);
    written += 1;
  }
  const done = { month, recipients: recipients.length, written, folder };
  deps.log.info(done, "Digests are written, none is sent:");
  return done;
}

function lastMonth({ clock, settings }: JobDeps): Day {
  // The Swedish form of a date is YYYY-MM-DD.
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: settings.reportTimezone });
  return addMonths(monthStart(format.format(clock())), -1);
}

function readOptions(options: JobOptions): { month: Day | null; folder: string | null } {
  const { month = null, dryRun: folder = null, ...others } = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new UsageError(`The job digest takes no option --${unknown}.`);
  if (month !== null && !/^(20)\d\d-(0[1-9]|1[0-2])$/.test(String(month))) {
    throw new UsageError(`--month "${String(month)}" is no month; a month is written 2026-10.`);
  }
  if (folder === true) throw new UsageError("--dry-run needs a folder.");
  return { month: month === null ? null : `${String(month)}-01`, folder };
}
