import { AUTHENTIC_DATA, CHECKING_DISABLED } from "dns-packet";
import { type Query, edns } from "./dns-message.ts";
import { RCODE, type Reply, type ResolverState, ZONE } from "./dns-zone.ts";

/** "DNSSEC Bogus" (RFC 8914 section 4.7). */
const BOGUS = 6;

/** Hosts that stay resolvable, so that the vantage point keeps its gates while signatures are broken. */
const ANCHOR = /^anchor-\d+\./;

/** What a validating resolver makes of an answer, by the state of the lab's signatures; nothing is really signed. */
export function validated(
  { packet }: Query,
  reply: Reply,
  { dnssec = "secure" }: ResolverState,
): Reply {
  if (reply.kind !== "answer" || dnssec === "unproven") return reply;
  if (reply.rcode !== RCODE.NOERROR && reply.rcode !== RCODE.NXDOMAIN) return reply;
  const name = packet.questions?.[0]?.name.toLowerCase() ?? "";
  const flags = packet.flags ?? 0;
  const own = name === ZONE || name.endsWith(`.${ZONE}`);
  if (own && dnssec === "bogus" && (flags & CHECKING_DISABLED) === 0 && !ANCHOR.test(name)) {
    return { kind: "answer", rcode: RCODE.SERVFAIL, answers: [], extendedError: BOGUS };
  }
  // Told only to those who ask for it (RFC 6840 section 5.8).
  const asked = (flags & AUTHENTIC_DATA) !== 0 || edns(packet)?.flag_do === true;
  return { ...reply, authentic: asked && (dnssec === "secure" || !own) };
}
