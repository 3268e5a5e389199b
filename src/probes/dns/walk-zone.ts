import type { CutFault, CutServer } from "../../domain/audit/zone.ts";
import { ROOT, isWithin } from "./dns-name.ts";
import { valuesAt } from "./follow-chain.ts";
import type { Reply } from "./message.ts";
import type { DnsRecord } from "./record.ts";
import type { RootHints } from "./root-hints.ts";

/** Servers of a delegation that the walk looks at; the root and the largest zones have thirteen. */
const MAX_SERVERS = 16;
/** Glue addresses of one server and family. */
const MAX_GLUE = 8;

/** A server of a zone as the walk goes on learning about it. */
export interface WalkServer {
  readonly name: string;
  /** Its name lies in the zone that it serves, so that nobody but the parent can tell its address. */
  readonly inZone: boolean;
  readonly glue6: readonly string[];
  readonly glue4: readonly string[];
  addresses6: readonly string[];
  outcome: CutServer["outcome"];
  /** It gave an answer that no limit of rate explains: one that is not its to give. */
  wrong: boolean;
  /** Why it has no address to ask. */
  trouble: CutFault | null;
}

/** A zone that the walk has met. */
export interface WalkZone {
  readonly name: string;
  readonly parent: string;
  /** Sorted by name. */
  readonly servers: readonly WalkServer[];
  /** An address of the parent's servers that answers for this zone too. */
  readonly shared: string | null;
  /** Whether the addresses of its servers are known as far as they can be. */
  stage: "met" | "entering" | "entered";
  /** The address that answered last. */
  good: string | null;
  fault: CutFault | null;
  glue: "consistent" | "missing" | "differs" | "not_needed" | "unknown";
}

/** The root zone, by what the hints say over IPv6. */
export function rootZone(hints: RootHints): WalkZone {
  const servers = hints.slice(0, MAX_SERVERS).map(({ name, ip4, ip6 }) => ({
    ...server(name, true, ip6, ip4),
    addresses6: ip6,
  }));
  return { ...zone(ROOT, ROOT, servers, null), stage: "entered" };
}

/**
 * The delegation below `from` that an answer leads to on the way to `name`, or null. A server that answers for both
 * zones gives the NS records as its own; then it can be asked about the child too.
 */
export function delegationIn(
  reply: Reply,
  from: WalkZone,
  name: string,
  address: string,
): WalkZone | null {
  const leads = ({ type, name: owner }: DnsRecord) =>
    type === "NS" && owner !== from.name && isWithin(owner, from.name) && isWithin(name, owner);
  const found = reply.answers.find(leads) ?? reply.authorities.find(leads);
  if (found === undefined) return null;
  const names = valuesAt([...reply.answers, ...reply.authorities], found.name, "NS");
  const servers = names.slice(0, MAX_SERVERS).map((each) => {
    // The parent may speak for names in its own zone; what it says of others is not its to say.
    const mayTell = isWithin(each, from.name);
    const told = (type: "A" | "AAAA") =>
      mayTell ? valuesAt(reply.additionals, each, type).slice(0, MAX_GLUE) : [];
    return server(each, isWithin(each, found.name), told("AAAA"), told("A"));
  });
  // A referral has no answer, whatever its AA bit says.
  const shared = reply.authoritative && reply.answers.length > 0 ? address : null;
  return zone(found.name, from.name, servers, shared);
}

function server(
  name: string,
  inZone: boolean,
  glue6: readonly string[],
  glue4: readonly string[],
): WalkServer {
  return {
    name,
    inZone,
    glue6,
    glue4,
    addresses6: glue6,
    outcome: null,
    wrong: false,
    trouble: null,
  };
}

function zone(
  name: string,
  parent: string,
  servers: readonly WalkServer[],
  shared: string | null,
): WalkZone {
  const glue = shared === null && servers.some(({ inZone }) => inZone) ? "unknown" : "not_needed";
  return { name, parent, servers, shared, stage: "met", good: null, fault: null, glue };
}

/** Whether an answer of a zone's server helps on: authoritative for the zone, or a delegation below it. */
export function isUseful(reply: Reply, { name: zoneName }: WalkZone, asked: string): boolean {
  const { rcode, authoritative, authorities } = reply;
  if (rcode !== "NOERROR" && rcode !== "NXDOMAIN") return false;
  const soa = authorities.find(({ type }) => type === "SOA");
  // A server that has the parent zone alone denies everything below it with the parent's SOA.
  if (soa !== undefined) return authoritative && isWithin(soa.name, zoneName);
  if (authoritative && reply.answers.length > 0) return true;
  const servers = [...reply.answers, ...authorities].filter(({ type }) => type === "NS");
  // An empty answer without SOA is an old server's way to say that there is nothing.
  if (servers.length === 0) return authoritative;
  return servers.some(
    ({ name }) => name !== zoneName && isWithin(name, zoneName) && isWithin(asked, name),
  );
}
