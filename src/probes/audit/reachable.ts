import type { AddressAnswer } from "../../domain/audit/names.ts";
import { type Unseen, unseen } from "../../domain/audit/sight.ts";
import type { Family } from "../../domain/family.ts";
import type { AuditSession } from "./session.ts";

/**
 * Where a host can be gone to over one family: addresses; `gap` where it certainly has none; `special` where the
 * address rule refuses all of them; unseen where that can't be told.
 */
export type Reachable =
  | { readonly addresses: readonly string[] }
  | { readonly gap: true }
  | { readonly special: true }
  | Unseen;

/** Outcomes after which it is certain that there is no address. */
const NONE: ReadonlySet<string> = new Set(["no_data", "nxdomain", "cname_loop"]);

/** Reads that off what the resolver said. */
export function reachable(answer: AddressAnswer, family: Family, session: AuditSession): Reachable {
  const { outcome, addresses, invented } = answer;
  if (outcome === "not_asked")
    return unseen(session.remaining() === 0 ? "deadline" : "resolver_unusable");
  if (outcome === "cname_limit") return unseen("limit");
  if (NONE.has(outcome)) {
    // Where records may be withheld, or were all invented, that there are none proves nothing.
    if (invented > 0) return unseen("vantage_dns64");
    return session.gate.resolverDoubtful ? unseen("resolver_unusable") : { gap: true };
  }
  if (outcome !== "addresses") return unseen("resolver_failed");
  const closed = session.closed(family);
  if (closed !== null) return closed;
  const usable = addresses.filter((each) => each.usable).map((each) => each.address);
  return usable.length > 0 ? { addresses: usable } : { special: true };
}
