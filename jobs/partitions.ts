import { dropExpiredPartitions, makePartitionsAhead } from "../src/store/partitions.ts";
import type { Job } from "./job.ts";

/** Every hour, so that a drop that a long report held up happens soon after; most runs find nothing to do. */
export const partitions: Job = {
  name: "partitions",
  does: "makes room for the runs of the coming days and drops what is older than is kept",
  cron: "7 * * * *",
  atStart: true,
  async run({ db, settings, clock }) {
    const made = await makePartitionsAhead(db, clock());
    const dropped = await dropExpiredPartitions(db, clock(), {
      rawDays: settings.retentionRawDays,
      hourDays: settings.retentionHourDays,
    });
    return { made, dropped };
  },
};
