import { AUTHENTIC_DATA, CHECKING_DISABLED, type Question } from "dns-packet";
import { type Query, edns } from "../dns-message.ts";
import { answerFrom, within } from "./authoritative.ts";
import { type ResolverSaid, failed } from "./encode-said.ts";
import type { Hierarchy } from "./hierarchy.ts";

/**
 * How the resolver of a hierarchy validates: `secure`, `insecure` and `bogus` say what it finds for the portal's
 * zone, `unproven` does not validate at all.
 */
export type Validation = "secure" | "insecure" | "bogus" | "unproven";

/** "DNSSEC Bogus" and "No Reachable Authority" (RFC 8914 sections 4.7 and 4.23). */
const BOGUS = 6;
const NO_AUTHORITY = 22;

/** The zone whose signatures the validation is about. */
const SIGNED = "hn.test";

/** What a resolver that speaks both families says: it knows all zones but those that nobody reaches. */
export function resolve(
  { packet }: Query,
  { servers, unresolvable }: Hierarchy,
  validation: Validation,
): ResolverSaid {
  const question: Question = packet.questions![0]!;
  const name = question.name.toLowerCase();
  if (unresolvable.some((zone) => within(name, zone))) return failed(NO_AUTHORITY);
  const flags = packet.flags ?? 0;
  const signed = within(name, SIGNED);
  if (signed && validation === "bogus" && (flags & CHECKING_DISABLED) === 0) return failed(BOGUS);
  const said = answerFrom(
    servers.flatMap(({ zones }) => zones),
    question,
  );
  const asked = (flags & AUTHENTIC_DATA) !== 0 || edns(packet)?.flag_do === true;
  const secure = validation === "secure" || (validation !== "unproven" && !signed);
  return { ...said, authoritative: false, recursionAvailable: true, authentic: asked && secure };
}
