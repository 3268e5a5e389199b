import cron from "node-cron";
import { interruptRuns } from "../src/store/job-runs.ts";
import { JOBS } from "./index.ts";
import type { Job, JobDeps } from "./job.ts";
import { runOnce } from "./run-once.ts";

/** The running schedule. */
export interface Schedule {
  /**
   * Starts no more runs and resolves when those under way have ended, at the latest after `graceMs`: a run that is
   * cut off by the end of the process does no harm.
   */
  stop(graceMs?: number): Promise<void>;
}

/** How long `stop` waits by default; the whole service has 15 s. */
const STOP_MS = 5000;

/** Runs every job when its pattern says so, in UTC, and those that want it once at the start, one after the other. */
export function startJobs(deps: JobDeps, jobs: readonly Job[] = JOBS): Schedule {
  const running = new Set<Promise<unknown>>();
  let stopping = false;
  const run = async (job: Job) => {
    if (stopping) return;
    const done = runOnce(job, deps).finally(() => running.delete(done));
    running.add(done);
    await done;
  };
  const tasks = jobs.map((job) =>
    cron.schedule(job.cron, () => run(job), {
      name: job.name,
      timezone: "UTC",
      noOverlap: true,
      logger: cronLogger(deps),
    }),
  );
  const start = async () => {
    if (deps.alone === true) await closeOldRuns(deps);
    for (const job of jobs.filter(({ atStart }) => atStart)) await run(job);
  };
  void start();
  return {
    async stop(graceMs = STOP_MS) {
      stopping = true;
      for (const task of tasks) await task.destroy();
      const grace = Promise.withResolvers<void>();
      const timer = setTimeout(grace.resolve, graceMs);
      await Promise.race([Promise.all(running), grace.promise]);
      clearTimeout(timer);
    },
  };
}

/** What cannot be closed now is closed when its lease ends. */
async function closeOldRuns({ db, clock, log }: JobDeps): Promise<void> {
  await interruptRuns(db, new Date(clock())).catch((error: unknown) => {
    log.warn({ err: error }, "Job runs of an earlier process could not be closed");
  });
}

/** What the scheduler itself has to say (a run that it missed because the process slept) goes where all logs go. */
function cronLogger({ log }: JobDeps) {
  const text = (message: string | Error) => (message instanceof Error ? message.message : message);
  return {
    info: (message: string) => log.info({}, message),
    warn: (message: string) => log.warn({}, message),
    error: (message: string | Error, err?: Error) => log.error({ err }, text(message)),
    debug: () => undefined,
  };
}
