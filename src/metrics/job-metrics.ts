import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { JobSuccess } from "../reports/job-runs.ts";

/** One finished run of a job. */
interface JobRunFacts {
  readonly job: string;
  readonly outcome: "ok" | "failed" | "interrupted";
  readonly durationMs: number;
}

/** The metrics of jobs. */
export interface JobMetrics {
  recordJob(run: JobRunFacts): void;
  /** Takes in when each job last went well, also in another process on the same database; the others are shown no more. */
  setJobSuccesses(successes: readonly JobSuccess[]): void;
}

/** Seconds: from a sweep to a monthly roll-up. */
const JOB_BUCKETS = [0.1, 0.5, 1, 5, 15, 60, 300, 1800];

/** Defines them in a registry. */
export function jobMetrics(registry: Registry): JobMetrics {
  const registers = [registry];
  const runs = new Counter({
    name: "job_runs_total",
    help: "Finished job runs",
    labelNames: ["job", "outcome"],
    registers,
  });
  const durations = new Histogram({
    name: "job_duration_seconds",
    help: "How long job runs took",
    labelNames: ["job"],
    buckets: JOB_BUCKETS,
    registers,
  });
  const successes = new Gauge({
    name: "job_last_success_timestamp_seconds",
    help: "When a run of the job last ended well, in Unix seconds; absent where no such run is on record",
    labelNames: ["job"],
    registers,
  });
  return {
    recordJob({ job, outcome, durationMs }) {
      runs.inc({ job, outcome });
      durations.observe({ job }, durationMs / 1000);
    },
    setJobSuccesses(all) {
      successes.reset();
      for (const { job, at } of all) successes.set({ job }, at / 1000);
    },
  };
}
