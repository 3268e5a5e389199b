import { UNSEEN_REASONS, type UnseenReason } from "../audit/sight.ts";
import type { Verdict } from "../finding.ts";

/** The reasons that one check can give, each with the one verdict that it stands for. */
export type Reasons = Readonly<Record<string, Verdict>>;

type Unknowns = Readonly<Record<UnseenReason, "unknown">>;

/** Reasons that every check can give: why a fact is missing, and what does not exist. */
export const COMMON_REASONS = {
  ...(Object.fromEntries(UNSEEN_REASONS.map((reason) => [reason, "unknown"])) as Unknowns),
  resolver_doubtful: "unknown",
  // Given by nobody but the command line, to whoever asked for one family alone.
  family_left_out: "unknown",
  no_ip4_address: "not_applicable",
  no_ip6_address: "not_applicable",
} as const satisfies Reasons;

export type CommonReason = keyof typeof COMMON_REASONS;
