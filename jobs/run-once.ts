import { beatRun, beginRun, finishRun, HEARTBEAT_MS } from "../src/store/job-runs.ts";
import type { JobDeps, JobOutcome, RunnableJob } from "./job.ts";

/**
 * Runs a job now unless it runs already, here or in another process on the same database, and records the run.
 * The one place that catches what a job throws: it is logged with its cause and recorded, never rethrown.
 */
export async function runOnce(job: RunnableJob, deps: JobDeps): Promise<JobOutcome> {
  const began = performance.now();
  const outcome = await record(job, deps).catch((error: unknown): JobOutcome => {
    deps.log.error({ err: error, job: job.name }, "A job could not be recorded");
    return "failed";
  });
  deps.onRun?.(job.name, outcome, (performance.now() - began) / 1000);
  return outcome;
}

async function record(job: RunnableJob, deps: JobDeps): Promise<JobOutcome> {
  const { db, clock } = deps;
  const id = await beginRun(db, job.name, new Date(clock()));
  if (id === null) return "busy";
  const heart = setInterval(() => void beat(id, deps), HEARTBEAT_MS);
  try {
    const { outcome, detail } = await attempt(job, deps);
    await finishRun(db, id, { outcome, detail, now: new Date(clock()) });
    return outcome;
  } finally {
    clearInterval(heart);
  }
}

async function attempt(job: RunnableJob, deps: JobDeps) {
  try {
    return { outcome: "ok" as const, detail: await job.run(deps) };
  } catch (error) {
    deps.log.error({ err: error, job: job.name }, "A job failed");
    return { outcome: "failed" as const, detail: { error: describe(error) } };
  }
}

/** A beat that fails is no fault of the job: the next one, or the end of the run, is told as well. */
async function beat(id: number, { db, clock, log }: JobDeps): Promise<void> {
  await beatRun(db, id, new Date(clock())).catch((error: unknown) => {
    log.warn({ err: error }, "A job could not say that it goes on");
  });
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${describe(error.cause)}`;
}
