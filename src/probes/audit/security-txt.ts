import type { SecurityTxtSight } from "../../domain/audit/page.ts";
import { type Sight, isUnseen, unseen } from "../../domain/audit/sight.ts";
import type { Arrival } from "./hosts.ts";
import { followChain } from "./chain.ts";
import type { AuditTools } from "./tools.ts";

/** RFC 9116 section 3. */
const PATH = "/.well-known/security.txt";

/** Bytes that are read: section 5 names no bound; a contact and some policies are a few hundred. */
const LIMIT = 32 * 1024;

/** Longest contact that is kept, characters. */
const MAX_CONTACT = 300;

/**
 * Looks for security.txt on the entry host over the first address whose handshake came about, redirects followed.
 * `absent` is every answer that is not such a text, an HTML page that says so included.
 */
export async function seeSecurityTxt(
  base: URL,
  arrivals: readonly Arrival[],
  tools: AuditTools,
): Promise<Sight<SecurityTxtSight>> {
  const arrival = arrivals.find(({ visits }) => visits.https?.sight.outcome === "answered");
  // Nobody answered in the time that there was: that is not the same as nobody answering.
  if (arrival === undefined) {
    return unseen(tools.session.remaining() === 0 ? "deadline" : "not_reached");
  }
  const { family } = arrival;
  const url = new URL(PATH, base);
  const { sight, end } = await followChain({ url, family, first: null }, tools);
  if (isUnseen(sight)) return sight;
  if (end === null) return sight.outcome === "failed" ? unseen("not_reached") : ABSENT;
  const { visit } = end.stay;
  if (visit.sight.status !== 200 || !/^text\/plain\b/i.test(visit.contentType)) return ABSENT;
  return readSecurityTxt(visit.body.subarray(0, LIMIT).toString("utf8"));
}

const ABSENT: SecurityTxtSight = { outcome: "absent", contact: null, expires: null };

/**
 * Reads the fields that RFC 9116 asks for: at least one Contact (section 2.5.3) and exactly one Expires (2.5.5).
 * `absent` for a text with neither, `invalid` where one is missing, repeated against the rule or unreadable.
 */
export function readSecurityTxt(text: string): SecurityTxtSight {
  const contacts = fieldsOf(text, "contact");
  const dates = fieldsOf(text, "expires");
  const at = dates.length === 1 ? Date.parse(dates[0]!) : Number.NaN;
  // A text without either is some other text, as servers send for whatever they are asked.
  if (contacts.length === 0 && dates.length === 0) return ABSENT;
  const contact = contacts[0]?.slice(0, MAX_CONTACT) ?? null;
  if (Number.isNaN(at)) return { outcome: "invalid", contact, expires: null };
  const outcome = contact === null ? "invalid" : "present";
  return { outcome, contact, expires: new Date(at).toISOString() };
}

function fieldsOf(text: string, name: string): readonly string[] {
  const field = new RegExp(`^${name}:[ \\t]*(\\S[^\\r\\n]*)`, "gim");
  return Array.from(text.matchAll(field), ([, value = ""]) => value.trim());
}
