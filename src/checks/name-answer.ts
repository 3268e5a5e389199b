import type { AddressAnswer, AnswerOutcome } from "../domain/audit/names.ts";
import type { UnseenReason } from "../domain/audit/sight.ts";
import { canExist, literalFamily } from "./host-name.ts";

/** Whether a name has addresses of a family: that it has none takes two attempts that say so (D1). */
export type Presence =
  | { readonly is: "some" }
  | { readonly is: "none"; readonly outcome: Denial }
  | { readonly is: "one_answer_only" }
  | { readonly is: "unsure"; readonly why: UnseenReason };

export type Denial = "no_data" | "nxdomain" | "cname_loop";

/** Attempts that must agree before a name is said to have no address (reference b.2, D1). */
const DENIALS = 2;

const UNSURE: Readonly<Partial<Record<AnswerOutcome, UnseenReason>>> = {
  timeout: "resolver_failed",
  servfail: "resolver_failed",
  refused: "resolver_failed",
  malformed: "resolver_failed",
  resolver_down: "resolver_unusable",
  not_asked: "not_reached",
  // Where our following ends, visitors may well be led on.
  cname_limit: "limit",
};

/** What an answer says of the presence of addresses. */
export function presenceOf(host: string, answer: AddressAnswer): Presence {
  const { outcome } = answer;
  if (outcome === "addresses") {
    const any = answer.addresses.length + answer.beyond > 0;
    return any ? { is: "some" } : { is: "unsure", why: "own_fault" };
  }
  const why = UNSURE[outcome];
  if (why !== undefined) return { is: "unsure", why };
  const denial = outcome as Denial;
  if (literalFamily(host) !== null || !canExist(host)) return { is: "none", outcome: denial };
  const said = answer.attempts.filter((attempt) => isDenial(attempt.outcome)).length;
  if (said >= DENIALS) return { is: "none", outcome: denial };
  // The resolver's inventions were left out: whether the name has addresses of its own, it does not tell (V3).
  return answer.invented > 0 ? { is: "unsure", why: "vantage_dns64" } : { is: "one_answer_only" };
}

function isDenial(outcome: AnswerOutcome): boolean {
  return outcome !== "addresses" && UNSURE[outcome] === undefined;
}
