import { DAY_MS } from "../src/domain/calendar.ts";
import { forgetAudits } from "../src/store/audit-retention.ts";
import { forgetRuns } from "../src/store/job-runs.ts";
import { vacuumTables } from "../src/store/vacuum.ts";
import type { Job } from "./job.ts";

/** Four times a day: a few hundred thousand rows were replaced since. */
export const upkeep: Job = {
  name: "upkeep",
  does: "cleans up replaced rows, old audits and old notes of job runs",
  cron: "23 */6 * * *",
  atStart: false,
  async run({ db, settings, clock }) {
    const before = new Date(clock() - settings.retentionRawDays * DAY_MS);
    const forgotten = await forgetRuns(db, before);
    const old = new Date(clock() - settings.retentionHourDays * DAY_MS);
    const audits = await forgetAudits(db, old);
    return { forgotten, ...audits, vacuumed: await vacuumTables(db) };
  },
};
