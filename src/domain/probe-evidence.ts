import type { Failure } from "./failure.ts";
import type { Evidence, Hop } from "./observation.ts";
import type { Expectation } from "./portal.ts";
import type { HopSight, ProbeFacts } from "./probe-facts.ts";

/**
 * What is kept of a run that did not go well. Nothing in it changes from run to run while the fault stays the same:
 * no durations, and lists in an order of their own, because resolvers rotate theirs.
 */
export function evidenceOf(
  facts: ProbeFacts,
  failure: Failure,
  expectation: Expectation,
  cnames: readonly string[],
): Evidence {
  const bad = facts.hops.find((hop) => hop.certificateFaults.length > 0);
  const detail = detailOf(facts, failure, expectation, bad);
  const certificate = bad !== undefined && bad.certificateFaults[0] === failure.kind;
  return {
    phase: certificate ? "tls" : (facts.stopped?.phase ?? null),
    code: certificate ? bad.chainCode : (facts.stopped?.code ?? null),
    addresses: [...facts.addresses].sort(),
    failedAddresses: facts.failedAddresses.toSorted((a, b) => (a.address < b.address ? -1 : 1)),
    cnames,
    hops: facts.hops.map(steadyHop),
    ...(detail === null ? {} : { detail }),
  };
}

/** Longest URL kept in evidence; more says nothing about where a hop went. */
const URL_LENGTH = 300;

function steadyHop({ url, address, status, to }: HopSight): Hop {
  return { url: steadyUrl(url), address, status, ...(to ? { to: steadyUrl(to) } : {}) };
}

/** Queries and path parameters carry session numbers, which would make every repeat look new. */
function steadyUrl(url: string): string {
  return url.replace(/[?;].*$/s, "").slice(0, URL_LENGTH);
}

function detailOf(
  facts: ProbeFacts,
  failure: Failure,
  expectation: Expectation,
  bad: HopSight | undefined,
): Record<string, unknown> | null {
  if (bad !== undefined && bad.certificateFaults[0] === failure.kind) {
    return { faults: bad.certificateFaults, names: facts.certificate?.names.slice(0, 10) ?? [] };
  }
  switch (failure.kind) {
    case "http_status":
      return { status: facts.status, expected: expectation.status ?? ["2xx"] };
    case "redirect_invalid":
      return { status: facts.status, ...facts.stopped?.detail };
    case "body_mismatch":
      return { mismatches: facts.bodyMismatches };
    case "too_slow":
      return { limitMs: expectation.maxResponseMs };
    default:
      return facts.stopped?.detail ? { ...facts.stopped.detail } : null;
  }
}
