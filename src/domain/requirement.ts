import type { CheckId } from "./finding.ts";
import type { HttpsGrade, ReadinessLevel } from "./readiness.ts";

/**
 * What shows that a requirement is met: checks that must pass (over every family that they judge), a least readiness
 * level, a least HTTPS grade, or an agency's conversion plan. `nothing`: this system can't tell, which is `unknown`.
 */
export type RequirementEvidence =
  | { readonly by: "checks"; readonly checks: readonly CheckId[] }
  | { readonly by: "level"; readonly atLeast: ReadinessLevel }
  | { readonly by: "grade"; readonly atLeast: HttpsGrade }
  | { readonly by: "plan"; readonly state: "issued" | "fulfilled" }
  | { readonly by: "nothing" };

/** What a requirement comes to for one portal or agency; `unknown` is in no denominator. */
export const REQUIREMENT_VERDICTS = ["met", "not_met", "unknown", "not_applicable"] as const;

export type RequirementVerdict = (typeof REQUIREMENT_VERDICTS)[number];

/** Whether a requirement binds on a day; without a first day it counts as binding, its certainty says the rest. */
export type RequirementForce = "in_force" | "ended" | "not_yet";

/** The force of a requirement on a day (`YYYY-MM-DD`); both its days belong to the time that it is valid. */
export function forceOn(
  requirement: { readonly valid_from: string | null; readonly valid_to: string | null },
  day: string,
): RequirementForce {
  if (requirement.valid_from !== null && day < requirement.valid_from) return "not_yet";
  return requirement.valid_to !== null && day > requirement.valid_to ? "ended" : "in_force";
}

/** Whether a requirement is judged by level or grade, which are public, and not by findings or an agency's papers. */
export function isPublicEvidence(evidence: RequirementEvidence): boolean {
  return evidence.by === "level" || evidence.by === "grade" || evidence.by === "nothing";
}

/**
 * All verdicts on what must hold everywhere, as one: what is not met anywhere is not met, what is unknown anywhere
 * else is unknown, and nothing to judge is not applicable.
 */
export function allOf(counts: Readonly<Record<RequirementVerdict, number>>): RequirementVerdict {
  if (counts.not_met > 0) return "not_met";
  if (counts.unknown > 0) return "unknown";
  return counts.met > 0 ? "met" : "not_applicable";
}
