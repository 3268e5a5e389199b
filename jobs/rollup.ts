import { rollUp } from "../src/store/rollup.ts";
import type { Job } from "./job.ts";

/** Every minute: an hour that has ended is there a minute later. */
export const rollup: Job = {
  name: "rollup",
  does: "counts stored runs into hours and days",
  cron: "* * * * *",
  atStart: true,
  run: ({ db, settings, clock }) => rollUp(db, settings, clock()),
};
