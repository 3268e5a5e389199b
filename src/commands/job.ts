import { JOBS, jobByName } from "../../jobs/index.ts";
import { runOnce } from "../../jobs/run-once.ts";
import { UsageError } from "../domain/usage-error.ts";
import type { DatabaseCommand } from "./command.ts";

/** Runs one scheduled job now; a failed run ends the command with 1. */
export const jobCommand: DatabaseCommand = async ({ db, config, args, output }) => {
  const job = jobByName(String(args["job"]));
  if (!job) {
    const known = JOBS.map(({ name, does }) => `${name} (${does})`).join("; ");
    throw new UsageError(`There is no job "${String(args["job"])}". Jobs: ${known}`);
  }
  const tell = (facts: object, message: string) =>
    output.err(`${message} ${JSON.stringify(facts)}`);
  const outcome = await runOnce(job, {
    db,
    settings: config,
    log: { info: tell, warn: tell, error: tell },
    clock: Date.now,
  });
  const said = {
    ok: `Job ${job.name} is done.`,
    busy: `Job ${job.name} is running already; nothing was done.`,
    failed: `Job ${job.name} failed.`,
  };
  output.err(said[outcome]);
  return outcome === "failed" ? 1 : 0;
};
