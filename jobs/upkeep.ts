import { DAY_MS } from "../src/domain/calendar.ts";
import { forgetAudits } from "../src/store/audit-retention.ts";
import { forgetRuns } from "../src/store/job-runs.ts";
import { forgetNotifications } from "../src/store/notification-upkeep.ts";
import { vacuumTables } from "../src/store/vacuum.ts";
import type { Job } from "./job.ts";

/** Audits of each portal that stay at least: what is shown as its last one must be there, and be comparable. */
const ROUNDS = 2;

/** Long enough to ask what was told of an incident of the last quarter. */
const NOTIFICATIONS_DAYS = 90;

/** Four times a day: a few hundred thousand rows were replaced since. */
export const upkeep: Job = {
  name: "upkeep",
  does: "cleans up replaced rows, old audits, old notifications and old notes of job runs",
  cron: "23 */6 * * *",
  atStart: false,
  async run({ db, settings, clock }) {
    const before = new Date(clock() - settings.retentionRawDays * DAY_MS);
    const forgotten = await forgetRuns(db, before);
    const kept = Math.max(settings.retentionHourDays * DAY_MS, ROUNDS * settings.auditIntervalMs);
    const audits = await forgetAudits(db, new Date(clock() - kept));
    const told = new Date(clock() - NOTIFICATIONS_DAYS * DAY_MS);
    const notifications = await forgetNotifications(db, told);
    return { forgotten, notifications, ...audits, vacuumed: await vacuumTables(db) };
  },
};
