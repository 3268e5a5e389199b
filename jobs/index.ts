import { checkpoint } from "./checkpoint.ts";
import type { Job } from "./job.ts";
import { partitions } from "./partitions.ts";
import { rollup } from "./rollup.ts";
import { upkeep } from "./upkeep.ts";

/** All jobs of the service; those that run at the start do so in this order. */
export const JOBS: readonly Job[] = [partitions, rollup, upkeep, checkpoint];

/** The job of this name, or null. */
export function jobByName(name: string): Job | null {
  return JOBS.find((job) => job.name === name) ?? null;
}
