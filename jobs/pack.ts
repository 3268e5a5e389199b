import { packHours } from "../src/store/pack-hours.ts";
import type { Job } from "./job.ts";

/** Every hour, when the one that ended two hours ago has been counted. */
export const pack: Job = {
  name: "pack",
  does: "packs the runs of hours that ended a while ago, a tenth of the room for the same runs",
  cron: "13 * * * *",
  atStart: false,
  run: ({ db, settings, clock }) => packHours(db, settings, clock()),
};
