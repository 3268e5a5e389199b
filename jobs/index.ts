import { UsageError } from "../src/domain/usage-error.ts";
import { checkpoint } from "./checkpoint.ts";
import { digest, digestOnRequest } from "./digest.ts";
import { inbox } from "./inbox.ts";
import type { Job, JobOnRequest, JobOptions, RunnableJob } from "./job.ts";
import { pack } from "./pack.ts";
import { partitions } from "./partitions.ts";
import { rejudge } from "./rejudge.ts";
import { reminders, remindersOnRequest } from "./reminders.ts";
import { replay } from "./replay.ts";
import { rollup } from "./rollup.ts";
import { upkeep } from "./upkeep.ts";

/** All regular jobs of the service; those that run at the start do so in this order. */
export const JOBS: readonly Job[] = [
  partitions,
  rollup,
  pack,
  upkeep,
  checkpoint,
  digest,
  inbox,
  reminders,
];

/** Jobs that somebody asks for. */
const JOBS_ON_REQUEST: readonly JobOnRequest[] = [
  rejudge,
  replay,
  digestOnRequest,
  remindersOnRequest,
];

/** The regular job of this name, or null. */
export function jobByName(name: string): Job | null {
  return JOBS.find((job) => job.name === name) ?? null;
}

/** What to run for a name and options. Throws UsageError for a name that no job has and options that it can't use. */
export function prepareJob(name: string, options: JobOptions): RunnableJob {
  const onRequest = JOBS_ON_REQUEST.find((job) => job.name === name);
  if (onRequest) return onRequest.prepare(options);
  const job = jobByName(name);
  if (!job) {
    const others = JOBS_ON_REQUEST.filter((each) => jobByName(each.name) === null);
    const known = [...JOBS, ...others].map((each) => `${each.name} (${each.does})`);
    throw new UsageError(`There is no job "${name}". Jobs: ${known.join("; ")}`);
  }
  const [option] = Object.keys(options);
  if (option !== undefined) throw new UsageError(`The job ${name} takes no option --${option}.`);
  return job;
}
