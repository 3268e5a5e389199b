import { checkpointEmbedded } from "../src/store/checkpoint.ts";
import type { Job } from "./job.ts";

/** As often as a server does it (checkpoint_timeout). */
export const checkpoint: Job = {
  name: "checkpoint",
  does: "keeps the write-ahead log of the embedded database small; a server does so by itself",
  cron: "*/5 * * * *",
  atStart: false,
  run: async ({ db }) => ({ done: await checkpointEmbedded(db) }),
};
