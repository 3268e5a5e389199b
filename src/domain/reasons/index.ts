import type { CheckId, Verdict } from "../finding.ts";
import { COMMON_REASONS, type CommonReason, type Reasons } from "./common.ts";
import { D1, D2, D3, D4, D5, D6 } from "./dns.ts";
import { H1, H2, H3, H4, H5 } from "./https.ts";
import { M1, P1, S1, S2 } from "./information.ts";
import { W1, W2, W3, W4, W5, W6, W7, W8, W9 } from "./web.ts";

export { COMMON_REASONS, type CommonReason } from "./common.ts";
export { HISTORY_REASONS } from "./web.ts";

/**
 * Every reason of its own that a check can give, with the verdict that it stands for. The catalogue must have a text
 * for each, or the types do not hold.
 */
export const REASONS = {
  D1,
  D2,
  D3,
  D4,
  D5,
  D6,
  W1,
  W2,
  W3,
  W4,
  W5,
  W6,
  W7,
  W8,
  W9,
  H1,
  H2,
  H3,
  H4,
  H5,
  M1,
  P1,
  S1,
  S2,
} as const satisfies Record<CheckId, Reasons>;

/** Reasons that belong to one check alone. */
export type OwnReason<Id extends CheckId> = keyof (typeof REASONS)[Id] & string;

/** Reasons that a check can give. */
export type ReasonOf<Id extends CheckId> = OwnReason<Id> | CommonReason;

/** The verdict that a reason of a check stands for. */
export function verdictOf<Id extends CheckId>(check: Id, reason: ReasonOf<Id>): Verdict {
  const own: Reasons = REASONS[check];
  const common: Reasons = COMMON_REASONS;
  const verdict = own[reason] ?? common[reason];
  if (verdict === undefined) throw new Error(`Check ${check} has no reason ${reason}`);
  return verdict;
}
