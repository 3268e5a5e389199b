import * as fc from "fast-check";
import type { AuditObservation } from "../../../src/domain/audit/observation.ts";
import { UNSEEN_REASONS, type UnseenReason } from "../../../src/domain/audit/sight.ts";
import type { Draft } from "./portal.ts";

type Observation = Draft<AuditObservation>;
type Json = Record<string, unknown>;

/** Keys under which a fact lies that may not have been seen. */
const SIGHTS = new Set([
  "https",
  "http",
  "tls",
  "answer",
  "plain",
  "zone",
  "walk",
  "dnssec",
  "parity",
  "udp",
  "tcp",
  "mail",
  "accepts",
  "resources",
  "securityTxt",
]);
/** Keys whose every value is such a fact. */
const MAPS_OF_SIGHTS = new Set(["versions", "chains", "pages"]);
const FAMILY_KEYS = ["ip4", "ip6"];

/** One fact that can be taken away. */
type Blank = (reason: UnseenReason) => void;

/** Everything of an observation that an audit can fail to see, each as the taking away of it. */
function blanksOf(observation: Observation): Blank[] {
  const found: Blank[] = [];
  collect(observation.facts, found);
  const { gate, hosts } = observation.facts;
  for (const end of [gate.before, gate.after]) {
    found.push(() => void (end.families.ip4 = false));
    found.push(() => void (end.families.ip6 = false));
    found.push(() => void (end.resolverDoubtful = true));
    found.push(() => void (end.resolverUsable = false));
    found.push(() => void (end.dns64Prefix = "64:ff9b::/96"));
  }
  for (const host of hosts) {
    // An address that was not visited, and a host that was not looked at.
    for (const address of host.addresses) {
      found.push(() => void (host.addresses = host.addresses.filter((one) => one !== address)));
    }
    if (host.role !== "hop" || host === hosts[0]) continue;
    found.push(() => {
      // The same may be taken away twice.
      const at = hosts.indexOf(host);
      if (at > 0) hosts.splice(at, 1);
    });
  }
  for (const family of [observation.timings.ip4, observation.timings.ip6]) {
    found.push(() => void (family.total = []));
  }
  return found;
}

function collect(node: Json, found: Blank[]): void {
  for (const [key, value] of Object.entries(node)) {
    if (typeof value !== "object" || value === null) continue;
    const child = value as Json;
    if (SIGHTS.has(key)) found.push((reason) => void (node[key] = { unseen: reason }));
    if (MAPS_OF_SIGHTS.has(key)) {
      for (const one of Object.keys(child)) {
        found.push((reason) => void (child[one] = { unseen: reason }));
      }
    }
    if (key === "answers")
      found.push(...FAMILY_KEYS.map((family) => () => notAsked(child, family)));
    if (key === "attempts") {
      for (const attempt of value as Json[])
        found.push(() => void (attempt["outcome"] = "timeout"));
    }
    if (key === "ip6" && Array.isArray(value)) found.push(() => void (node[key] = null));
    collect(child, found);
  }
  if ("own" in node && "urls" in node) found.push(() => void (node["ip6"] = "unknown"));
}

function notAsked(answers: Json, family: string): void {
  const none = { addresses: [], beyond: 0, chain: [], attempts: [], invented: 0 };
  answers[family] = { outcome: "not_asked", ...none };
}

/** Which facts to take away, and why, as numbers that fit any observation. */
export const anyBlanks = fc.array(
  fc.tuple(fc.nat({ max: 10_000 }), fc.constantFrom(...UNSEEN_REASONS)),
  { minLength: 1, maxLength: 12 },
);

/** The observation as an audit would have brought it home that saw less. */
export function blanked(
  observation: AuditObservation,
  chosen: readonly (readonly [number, UnseenReason])[],
): AuditObservation {
  const copy = JSON.parse(JSON.stringify(observation)) as Observation;
  const blanks = blanksOf(copy);
  for (const [index, reason] of chosen) blanks[index % blanks.length]?.(reason);
  return copy;
}
