import type { ProberOptions } from "./options.ts";
import type { Prober } from "./prober.ts";
import { ThreadedProber } from "./threaded-prober.ts";

export type { AuditRun, AuditSkip } from "./audit-run.ts";
export type {
  AuditingOptions,
  AuditsOptions,
  ProberLimits,
  ProberOptions,
  ProbingOptions,
  VantageOptions,
} from "./options.ts";
export type { Prober, ProberStatus, ThreadStatus } from "./prober.ts";

/**
 * Starts the probing threads and the self-test; scheduled runs begin when the first self-test has ended. Audits begin when
 * the last ones are known, which is not waited for: `auditsBegun`.
 */
export async function startProber(options: ProberOptions): Promise<Prober> {
  const prober = new ThreadedProber(options);
  await prober.start();
  return prober;
}
