import { createHash } from "node:crypto";
import type { AddressAnswer, NameSight } from "../../domain/audit/names.ts";
import { type Sight, unseen } from "../../domain/audit/sight.ts";
import type { Cut, WalkSight } from "../../domain/audit/zone.ts";
import type { AuthorityTools } from "./authority.ts";
import { ROOT } from "./dns-name.ts";
import { NO_ADDRESS } from "./lookup.ts";
import type { NameLookup } from "./name-lookup.ts";
import type { RootHints } from "./root-hints.ts";
import { WalkBudget } from "./walk-budget.ts";
import { compareGlue } from "./walk-glue.ts";
import { type WalkZone, rootZone } from "./walk-zone.ts";
import { Walk, type Walked } from "./walk.ts";

/** Addresses kept of the walk's end. */
const MAX_ADDRESSES = 32;

/** What a walk is given. */
export interface WalkOptions extends AuthorityTools {
  readonly hints: RootHints;
  readonly lookUp: NameLookup;
}

/** Walks from the root to a host's AAAA over IPv6 transport alone (D4) and compares the end with the resolver's. */
export async function seeWalk(
  host: string,
  { answers }: NameSight,
  { hints, ...authority }: WalkOptions,
): Promise<Sight<WalkSight>> {
  const closed = authority.session.closed("ip6");
  if (closed !== null) return closed;
  if (hints.every(({ ip6 }) => ip6.length === 0)) return unseen("not_offered");
  const budget = new WalkBudget(authority.session);
  const tools = { ...authority, budget, turn: turnOf(host) };
  const walk = new Walk(rootZone(hints), tools);
  const walked = await walk.to(host);
  for (const zone of walk.path) {
    if (isCrossed(zone)) zone.glue = await budget.timed(() => compareGlue(zone, tools));
  }
  if (budget.ended) return unseen("deadline");
  const addresses = walked.came === "through" ? walked.addresses : [];
  return {
    outcome: outcomeOf(walked, answers.ip6),
    addresses: addresses.slice(0, MAX_ADDRESSES),
    cuts: walk.path.map(cutOf),
    blockedAt: walked.came === "blocked" ? { zone: walked.zone, fault: walked.fault } : null,
    questions: budget.questions,
  };
}

/** The same for one host at every audit, so that equal facts stay equal, and spread over all servers. */
function turnOf(host: string): number {
  return createHash("sha256").update(host).digest().readUInt16BE(0);
}

function outcomeOf(walked: Walked, resolved: AddressAnswer): WalkSight["outcome"] {
  if (walked.came === "through") return differs(walked.addresses, resolved) ? "differs" : "reached";
  const { zone, fault } = walked;
  // That no root server answers is a fault of the way there, whatever it looks like.
  const ours = fault === "rate_limited" || fault === "limit" || zone === ROOT;
  return ours ? "unsure" : "blocked";
}

/** Whether the two have nothing in common; balancers give parts of their addresses, now these, now those. */
function differs(
  walked: readonly string[],
  { outcome, addresses, beyond, invented }: AddressAnswer,
) {
  if (outcome === "addresses" && beyond === 0) {
    return !addresses.some(({ address }) => walked.includes(address));
  }
  return NO_ADDRESS.has(outcome) && invented === 0 && walked.length > 0;
}

function isCrossed({ good, fault }: WalkZone): boolean {
  return good !== null && fault === null;
}

function cutOf(zone: WalkZone): Cut {
  const { name, parent, servers, fault, glue } = zone;
  return {
    zone: name,
    parent,
    servers: servers.map(({ name: server, inZone, glue6, glue4, addresses6, outcome }) => ({
      name: server,
      inZone,
      glue6,
      glue4,
      addresses6,
      outcome,
    })),
    crossed: isCrossed(zone),
    fault,
    glue,
  };
}
