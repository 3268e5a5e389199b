/**
 * Why a fact of an audit could not be had. None of them accuses the portal:
 * `vantage_*` and `resolver_*` are ours or the resolver's, `not_reached` means that an earlier step already failed,
 * `not_offered` that our own library cannot try it, `refused_here` that the address rule forbids the packet,
 * `limit` that a bound of the audit cut it off, `deadline` that the audit's time was over.
 */
export const UNSEEN_REASONS = [
  "vantage_no_ipv4",
  "vantage_no_ipv6",
  "vantage_dns64",
  "resolver_unusable",
  "resolver_failed",
  "not_reached",
  "not_offered",
  "refused_here",
  "limit",
  "deadline",
  "own_fault",
] as const;

export type UnseenReason = (typeof UNSEEN_REASONS)[number];

/** A fact that could not be had. */
export interface Unseen {
  readonly unseen: UnseenReason;
}

/** What was seen, or why nothing was. */
export type Sight<Fact extends object> = Fact | Unseen;

/** Whether a fact could not be had. */
export function isUnseen(sight: object): sight is Unseen {
  return "unseen" in sight;
}

/** A fact that could not be had for this reason. */
export function unseen(reason: UnseenReason): Unseen {
  return { unseen: reason };
}
