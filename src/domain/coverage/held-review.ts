import { done, refused, type Result } from "../result.ts";

/** Where a held row stands; `proposed`: one person would accept it, a second one has to agree. */
export const HELD_STATES = ["pending", "proposed", "accepted", "refused", "superseded"] as const;

export type HeldState = (typeof HELD_STATES)[number];

/** Who reviews: a key by its number, or somebody without one by name. */
export interface Reviewer {
  readonly keyId: number | null;
  readonly name: string;
}

/** A held row as far as its review goes. */
export interface HeldReview {
  readonly state: HeldState;
  /** Who would accept it; null unless `proposed`. */
  readonly proposedBy: Reviewer | null;
}

/** Why a row can't be decided: it is already, or newer figures took its place, or it needs somebody else. */
export type ReviewProblem = "decided" | "superseded" | "same_person";

/**
 * What a person's word makes of a held row. Where a second approval is asked for, the first acceptance only proposes,
 * and somebody else has to agree; one person is enough to refuse.
 */
export function review(
  row: HeldReview,
  verdict: "accept" | "refuse",
  by: Reviewer,
  secondApproval: boolean,
): Result<"proposed" | "accepted" | "refused", ReviewProblem> {
  if (row.state === "superseded") return refused("superseded");
  if (row.state === "accepted" || row.state === "refused") return refused("decided");
  if (verdict === "refuse") return done("refused");
  if (!secondApproval) return done("accepted");
  if (row.proposedBy === null) return done("proposed");
  return samePerson(row.proposedBy, by) ? refused("same_person") : done("accepted");
}

function samePerson(one: Reviewer, other: Reviewer): boolean {
  return one.keyId === null && other.keyId === null
    ? one.name === other.name
    : one.keyId === other.keyId;
}
