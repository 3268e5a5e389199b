import type { IncidentPolicy } from "../src/domain/incident/policy.ts";
import type { SmtpServer } from "../src/domain/smtp-server.ts";
import type { Database } from "../src/store/database.ts";
import type { UnitBookSource } from "../src/store/unit-book.ts";
import type { StoreLog } from "../src/store/store-log.ts";

/** What the jobs need of the configuration. */
export interface JobSettings {
  readonly reportTimezone: string;
  readonly probeIntervalMs: number;
  readonly retentionRawDays: number;
  readonly retentionHourDays: number;
  /** How often each portal is audited. */
  readonly auditIntervalMs: number;
  /** Whose audits digests tell of. */
  readonly vantageName: string;
  /** Whether everything on show is made up. */
  readonly madeUp: boolean;
  /** Where digests are handed over, and as whom; null: none are sent. */
  readonly mail: { readonly server: SmtpServer; readonly from: string } | null;
  /** Where files with coverage figures are dropped, one folder per source; null: nowhere. */
  readonly coverageInbox: string | null;
  /** By which thresholds incidents open and close; absent: the defaults. */
  readonly incidentPolicy?: IncidentPolicy;
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
  /** Units of every vintage, where somebody keeps them; else they are read. */
  readonly units?: UnitBookSource;
  /** Called after coverage figures came into the register. */
  readonly onCoverageChanged?: () => void;
  /** Takes what a job that somebody asked for has to say, line by line; absent: nobody listens. */
  readonly print?: (line: string) => void;
  /** Called when a run has ended; for metrics. */
  readonly onRun?: (job: string, outcome: JobOutcome, seconds: number) => void;
}

/** A piece of work that can be repeated without harm. */
export interface RunnableJob {
  readonly name: string;
  /** Does the work and returns what is worth keeping about it. */
  run(deps: JobDeps): Promise<object>;
}

/** Regular work. */
export interface Job extends RunnableJob {
  /** One sentence for people. */
  readonly does: string;
  /** When it runs, as a cron pattern in UTC. */
  readonly cron: string;
  /** Whether it also runs when the service starts. */
  readonly atStart: boolean;
}

/** Options of a run that somebody asks for, by name, as the command line gave them; `true` for one without a value. */
export type JobOptions = Readonly<Record<string, string | true>>;

/** Work that somebody asks for, with options; regular work of the same name needs none. */
export interface JobOnRequest {
  readonly name: string;
  /** One sentence for people. */
  readonly does: string;
  /** The work that was asked for. Throws UsageError for options that are missing, wrong or unknown. */
  prepare(options: JobOptions): RunnableJob;
}
