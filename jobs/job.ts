import type { Database } from "../src/store/database.ts";
import type { StoreLog } from "../src/store/store-log.ts";

/** What the jobs need of the configuration. */
export interface JobSettings {
  readonly reportTimezone: string;
  readonly probeIntervalMs: number;
  readonly retentionRawDays: number;
  readonly retentionHourDays: number;
}

/** `busy`: another run of the same job, here or in another process, has not ended. */
export type JobOutcome = "ok" | "failed" | "busy";

export interface JobDeps {
  readonly db: Database;
  readonly settings: JobSettings;
  readonly log: StoreLog;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Whether no other process can be on this database: then runs that are called running died with an earlier one. */
  readonly alone?: boolean;
  /** Called when a run has ended; for metrics. */
  readonly onRun?: (job: string, outcome: JobOutcome, seconds: number) => void;
}

/** A piece of regular work that can be repeated without harm. */
export interface Job {
  readonly name: string;
  /** One sentence for people. */
  readonly does: string;
  /** When it runs, as a cron pattern in UTC. */
  readonly cron: string;
  /** Whether it also runs when the service starts. */
  readonly atStart: boolean;
  /** Does the work and returns what is worth keeping about it. */
  run(deps: JobDeps): Promise<object>;
}
