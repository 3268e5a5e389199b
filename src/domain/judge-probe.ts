import { type Failure, type FailureKind, type SkipReason, failure } from "./failure.ts";
import type { Outcome } from "./observation.ts";
import type { Expectation } from "./portal.ts";
import type { ProbeFacts } from "./probe-facts.ts";
import { inStatusSet, isRedirect } from "./status-set.ts";

/** What a run came to: `failure` is null for ok, no_address and skipped, `skipReason` set for skipped alone. */
export interface Judgement {
  readonly outcome: Outcome;
  readonly failure: Failure | null;
  readonly skipReason: SkipReason | null;
}

/** What a run is measured against beside the portal's own expectation. */
export interface JudgeLimits {
  /** A run during which our event loop was late by more than this many milliseconds can't be trusted. */
  readonly lagLimitMs: number;
}

/**
 * Judges what a run saw; total, and the same for the same facts. The first of these that holds decides:
 * our own limits and delays, the absence of records, the first bad certificate on the way, what ended the run
 * before a final status, the status, what ended the body, the body, then the limits that only degrade.
 */
export function judgeProbe(
  facts: ProbeFacts,
  expectation: Expectation,
  limits: JudgeLimits,
): Judgement {
  if (facts.skipped !== null) {
    return { outcome: "skipped", failure: null, skipReason: facts.skipped };
  }
  if (facts.loopLagMs > limits.lagLimitMs) return failed("event_loop_lag");
  if (facts.noAddress) return { outcome: "no_address", failure: null, skipReason: null };
  const fault = firstFault(facts, expectation);
  if (fault !== null) return failed(fault);
  const limit = firstLimit(facts, expectation);
  if (limit !== null) return { outcome: "degraded", failure: failure(limit), skipReason: null };
  return { outcome: "ok", failure: null, skipReason: null };
}

/** Only the target's own failures accuse it; those of the resolver and ours leave it unknown. */
function failed(kind: FailureKind): Judgement {
  const found = failure(kind);
  const outcome = found.source === "target" ? "fail" : "unknown";
  return { outcome, failure: found, skipReason: null };
}

function firstFault(facts: ProbeFacts, expectation: Expectation): FailureKind | null {
  const certificate = facts.hops.find((hop) => hop.certificateFaults.length > 0);
  if (certificate?.certificateFaults[0] !== undefined) return certificate.certificateFaults[0];
  const { stopped, status } = facts;
  // A body that stalls does not hide the status that came before it.
  if (stopped !== null && !(facts.final && stopped.phase === "transfer")) return stopped.stop;
  // Nothing stopped the run, yet no answer ended it: the observer is at fault, not the portal.
  if (!facts.final || status === null) return "prober_fault";
  if (!acceptsStatus(expectation, status)) {
    return isRedirect(status) ? "redirect_invalid" : "http_status";
  }
  if (stopped !== null) return stopped.stop;
  return facts.bodyMismatches.length > 0 ? "body_mismatch" : null;
}

function firstLimit(facts: ProbeFacts, expectation: Expectation): FailureKind | null {
  if (facts.failedAddresses.length > 0) return "partial_address_set";
  const limit = expectation.maxResponseMs;
  return limit !== undefined && facts.totalMs > limit ? "too_slow" : null;
}

/** Whether a final status is a good end: one of the portal's set, or 2xx where it has none. */
export function acceptsStatus(expectation: Expectation, status: number): boolean {
  return inStatusSet(expectation.status ?? ["2xx"], status);
}

/** Whether a redirect is itself the expected answer, so that it is not followed. */
export function endsChain(expectation: Expectation, status: number): boolean {
  return expectation.status !== undefined && inStatusSet(expectation.status, status);
}
