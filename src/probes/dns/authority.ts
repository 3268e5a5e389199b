import type { ServerOutcome } from "../../domain/audit/zone.ts";
import { type Unseen, unseen } from "../../domain/audit/sight.ts";
import type { AuditSession } from "../audit/session.ts";
import { type Transport, ask } from "./ask.ts";
import type { Question, Reply } from "./message.ts";

/** What an authoritative server came to. */
export type Told =
  | { readonly outcome: "answered"; readonly reply: Reply }
  | { readonly outcome: Exclude<ServerOutcome, "answered"> };

/** What is needed to ask authoritative servers. */
export interface AuthorityTools {
  readonly session: AuditSession;
  /** DNS_AUTHORITY_PORT. */
  readonly port: number;
}

/**
 * Asks the authoritative server at a literal address once, recursion not desired. The one door to such servers:
 * nothing is sent over a closed family or to an address that the rule refuses.
 */
export async function askAuthority(
  question: Question,
  address: string,
  transport: Transport,
  { session, port }: AuthorityTools,
): Promise<Told | Unseen> {
  const closed = session.closed(address.includes(":") ? "ip6" : "ip4");
  if (closed !== null) return closed;
  if (session.policy(address) !== null) return unseen("refused_here");
  const asked = await ask(question, { address, port }, { transport, session });
  switch (asked.outcome) {
    case "cut":
      return unseen("deadline");
    case "own_fault":
      return unseen("own_fault");
    case "answered":
      return asked;
    default:
      return { outcome: asked.outcome };
  }
}
