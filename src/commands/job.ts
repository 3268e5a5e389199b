import { prepareJob } from "../../jobs/index.ts";
import type { JobOptions } from "../../jobs/job.ts";
import { runOnce } from "../../jobs/run-once.ts";
import type { CommandContext, DatabaseCommand } from "./command.ts";

/** Runs one job now; a failed run ends the command with 1. */
export const jobCommand: DatabaseCommand = async ({ db, config, args, output }) => {
  const job = prepareJob(String(args["job"]), optionsOf(args));
  const tell = (facts: object, message: string) =>
    output.err(`${message} ${JSON.stringify(facts)}`);
  const outcome = await runOnce(job, {
    db,
    settings: config,
    log: { info: tell, warn: tell, error: tell },
    clock: Date.now,
    print: (line) => output.out(line),
  });
  const said = {
    ok: `Job ${job.name} is done.`,
    busy: `Job ${job.name} is running already; nothing was done.`,
    failed: `Job ${job.name} failed.`,
  };
  output.err(said[outcome]);
  return outcome === "failed" ? 1 : 0;
};

/** All that was given beside the job's name. */
function optionsOf(args: CommandContext["args"]): JobOptions {
  const given = Object.entries(args).flatMap(([name, value]) =>
    name === "job" || value === undefined || value === false ? [] : [[name, value] as const],
  );
  return Object.fromEntries(given);
}
