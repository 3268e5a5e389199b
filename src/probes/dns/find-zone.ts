import type { AuditSession } from "../audit/session.ts";
import { isWithin, labelCount, parentName } from "./dns-name.ts";
import { valuesAt } from "./follow-chain.ts";
import type { Reply } from "./message.ts";
import { type Resolver, askAny } from "./resolvers.ts";

/** A zone with the names of its servers, as the resolver tells them. */
export interface FoundZone {
  readonly zone: string;
  /** Sorted, each once. */
  readonly servers: readonly string[];
}

/** Names asked on the way up; the first answer usually names the zone. */
const MAX_CLIMB = 16;

/**
 * The zone that holds a name, found by asking for SOA upwards from the name itself, and its NS; null if the resolver
 * gives no answer. Validation is off, so that a zone with broken signatures is found too.
 */
export async function findZone(
  name: string,
  resolvers: readonly Resolver[],
  session: AuditSession,
): Promise<FoundZone | null> {
  let candidate = name;
  for (let climbed = 0; climbed < MAX_CLIMB; climbed += 1) {
    const question = { name: candidate, type: "SOA", checkingDisabled: true } as const;
    const reply = await askAny(question, resolvers, session);
    if (reply === null) return null;
    const zone = zoneIn(reply, candidate);
    if (zone !== null) return withServers(zone, resolvers, session);
    candidate = parentName(candidate);
  }
  return null;
}

/** The zone that an answer to a SOA question names: its own SOA, or the one that a negative answer carries. */
function zoneIn({ answers, authorities }: Reply, candidate: string): string | null {
  if (answers.some(({ type, name }) => type === "SOA" && name === candidate)) return candidate;
  // Behind an alias the SOA may be that of the zone where the alias leads.
  if (answers.some(({ type, name }) => type === "CNAME" && name === candidate)) return null;
  const above = authorities
    .filter(({ type, name }) => type === "SOA" && isWithin(candidate, name))
    .map(({ name }) => name)
    .toSorted((a, b) => labelCount(b) - labelCount(a));
  return above[0] ?? null;
}

async function withServers(
  zone: string,
  resolvers: readonly Resolver[],
  session: AuditSession,
): Promise<FoundZone | null> {
  const question = { name: zone, type: "NS", checkingDisabled: true } as const;
  const reply = await askAny(question, resolvers, session);
  return reply && { zone, servers: valuesAt(reply.answers, zone, "NS") };
}
