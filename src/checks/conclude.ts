import type { UnseenReason } from "../domain/audit/sight.ts";
import type { Family } from "../domain/family.ts";
import type { Cause, CauseKind, CheckId, Finding } from "../domain/finding.ts";
import { type CommonReason, type ReasonOf, verdictOf } from "../domain/reasons/index.ts";

/** The finding for a reason; the verdict follows from it, and only `warn` and `fail` have causes. */
export function conclude<Id extends CheckId>(
  check: Id,
  family: Family | null,
  reason: ReasonOf<Id>,
  evidence: Finding["evidence"] = {},
  causes: readonly Cause[] = [],
): Finding {
  const verdict = verdictOf(check, reason);
  const wrong = verdict === "warn" || verdict === "fail";
  return { check, family, verdict, reason, evidence, causes: wrong ? unique(causes) : [] };
}

/** One cause per name, in the order given. */
export function causes(kind: CauseKind, names: Iterable<string>): readonly Cause[] {
  return [...new Set(names)].map((name) => ({ kind, name }));
}

/** Why a family has nothing to judge. */
export function noAddress(family: Family): CommonReason {
  return family === "ip4" ? "no_ip4_address" : "no_ip6_address";
}

/** The reason to name where several facts are missing: always the same one for the same set. */
export function firstReason(reasons: readonly UnseenReason[]): UnseenReason | null {
  return reasons.toSorted()[0] ?? null;
}

/** Evidence of the failed tries behind a finding: the most that any one thing took. */
export function failedTries(facts: readonly { readonly failedTries: number }[]) {
  return { failed_tries: Math.max(0, ...facts.map((fact) => fact.failedTries)) };
}

function unique(all: readonly Cause[]): readonly Cause[] {
  const byKey = new Map(all.map((cause) => [`${cause.kind} ${cause.name}`, cause]));
  return [...byKey.values()];
}
