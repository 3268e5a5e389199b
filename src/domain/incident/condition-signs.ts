import { FAILURES, type FailureKind, reasonOf } from "../failure.ts";
import type { Sighting } from "./sighting.ts";
import type { Condition } from "./track.ts";

/** What one run says of a condition; null: it can not tell. */
export type Sign = "good" | "bad" | null;

/** What one run says of each condition. */
export type Signs = Readonly<Record<Condition, Sign>>;

const ALL_GOOD: Signs = { reach: "good", limit: "good", name: "good", certificate: "good" };
const SLOW: Signs = { ...ALL_GOOD, limit: "bad" };
const UNREACHED: Signs = { reach: "bad", limit: null, name: "good", certificate: null };
/** An answer came and it was wrong; a bad certificate would have been told before it. */
const WRONG_ANSWER: Signs = { ...UNREACHED, certificate: "good" };
const BAD_CERTIFICATE: Signs = { reach: "good", limit: null, name: "good", certificate: "bad" };
const UNRESOLVED: Signs = { reach: null, limit: null, name: "bad", certificate: null };

/** From this status on an answer says that the portal itself does not work. */
const SERVER_ERROR = 500;

/** Failures of a proven resolver that speak of the name, not of the resolver. */
const NAME_FAILURES: ReadonlySet<FailureKind> = new Set<FailureKind>([
  "dns_timeout",
  "dns_servfail",
  "dns_refused",
  "dns_malformed",
]);

/**
 * What a run says of each condition; null where it says nothing at all. A run that failed by its certificate alone
 * reached the portal. A family without records is neither slow nor badly certified, and it is reachable: nothing fails.
 */
export function signsOf({
  outcome,
  failure,
  status,
}: Pick<Sighting, "outcome" | "failure" | "status">): Signs | null {
  switch (outcome) {
    case "ok":
    case "no_address":
      return ALL_GOOD;
    case "degraded":
      return SLOW;
    case "fail":
      return signsOfFailure(failure, status);
    case "unknown":
      return failure !== null && NAME_FAILURES.has(failure) ? UNRESOLVED : null;
    case "skipped":
      return null;
  }
}

function signsOfFailure(failure: FailureKind | null, status: number | null): Signs | null {
  // Only the portal's own failures accuse it, whatever the outcome says.
  if (failure !== null && FAILURES[failure].source !== "target") return null;
  if (failure === null || reasonOf(failure) !== "certificate") {
    return status === null ? UNREACHED : WRONG_ANSWER;
  }
  return status !== null && status < SERVER_ERROR ? BAD_CERTIFICATE : UNREACHED;
}
