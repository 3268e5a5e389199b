import type { AuditObservation } from "../domain/audit/observation.ts";
import type { Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import type { VantageState } from "../domain/vantage.ts";

/** How one thread is. */
export interface ThreadStatus {
  /** Whether the thread runs and has beaten lately. */
  readonly alive: boolean;
  /** Milliseconds since the epoch; 0 before the first beat. */
  readonly lastBeatAt: number;
  readonly inFlight: number;
  /** Portals of this thread's share. */
  readonly targets: number;
  /** Longest delay of the thread's event loop in the second before the last beat. */
  readonly loopLagMs: number;
}

/** How the prober is, without asking the threads. */
export interface ProberStatus {
  readonly threads: readonly ThreadStatus[];
  /** How the thread of audits is, null where there are none. */
  readonly audits: ThreadStatus | null;
  /** Whether at least one probing thread has beaten lately. */
  readonly beating: boolean;
  /** Light probes under way. */
  readonly inFlight: number;
}

/** The running prober: probes its targets on schedule until it is stopped. */
export interface Prober {
  /** Replaces all targets; what is equal keeps its schedule. */
  setTargets(all: readonly ProbeTarget[]): void;
  /** Adds or changes targets and removes portals by number, at once. */
  change(upserts: readonly ProbeTarget[], removed: readonly number[]): void;
  /**
   * Probes a target now, known or not, outside the schedule but within the limits.
   * The result goes to the caller alone. Rejects only when the prober stops or the thread dies.
   */
  probeNow(target: ProbeTarget, family: Family): Promise<ProbeResult>;
  /**
   * Audits a target now, known or not, outside the schedule and before what waits in it. The observation goes to the
   * caller alone. Rejects only when the prober stops, the thread dies or too many audits are asked for.
   */
  auditNow(target: ProbeTarget): Promise<AuditObservation>;
  /** Resolves when the thread of audits has begun, if there is one; rejects if it could not start. */
  auditsBegun(): Promise<void>;
  /** The last self-test; `checkedAt` is 0 and nothing is healthy before the first one. */
  vantage(): VantageState;
  status(): ProberStatus;
  /** The state of a self-test that began after this call, or of the first one if that still runs. */
  checkVantage(): Promise<VantageState>;
  /**
   * Starts no more runs, lets those in flight end, cuts the rest, and resolves when all results were
   * handed over, at the latest after `graceMs`. Calling it again returns the same promise.
   */
  stop(graceMs: number): Promise<void>;
}
