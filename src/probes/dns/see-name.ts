import { isIP } from "node:net";
import type { AddressAnswer, AnswerOutcome, NameSight } from "../../domain/audit/names.ts";
import { type Family, familyNumber } from "../../domain/family.ts";
import { inPrefix } from "../address-policy.ts";
import type { AuditSession } from "../audit/session.ts";
import { dnsName } from "./dns-name.ts";
import { type Lookup, NO_ADDRESS, type Wanted, lookUp } from "./lookup.ts";
import type { Resolver } from "./resolvers.ts";
import { seenAddress } from "./seen-address.ts";

/** Addresses that an observation keeps of one name and family. */
const MAX_ADDRESSES = 32;

/** Attempts that must agree before a name is said to have no address (reference D1). */
const ATTEMPTS = 2;

/** Where a name is looked up. */
export interface Sources {
  readonly resolvers: readonly Resolver[];
  readonly session: AuditSession;
  /** CD: also what fails the resolver's validation; what visitors get is without it. */
  readonly checkingDisabled: boolean;
}

/** Both families of a host, from two resolvers or two attempts; a literal address needs no question. */
export async function seeName(host: string, sources: Sources): Promise<NameSight> {
  const [ip4, ip6] = await Promise.all([
    seeFamily(host, "ip4", sources),
    seeFamily(host, "ip6", sources),
  ]);
  return { host, answers: { ip4, ip6 } };
}

async function seeFamily(host: string, family: Family, sources: Sources): Promise<AddressAnswer> {
  const literal = host.replace(/^\[|\]$/g, "");
  const { session, checkingDisabled } = sources;
  if (isIP(literal) !== 0) {
    const own = isIP(literal) === familyNumber(family);
    const addresses = own ? [seenAddress(literal, session)] : [];
    return { ...answer(own ? "addresses" : "no_data"), addresses };
  }
  if (!session.gate.resolverUsable) return answer("not_asked");
  const name = dnsName(host);
  // No DNS message can carry such a name, so that no server can hold it.
  if (name === null) return answer("nxdomain");
  const type = family === "ip4" ? "A" : "AAAA";
  return merged(await attempts({ name, type, checkingDisabled }, sources), sources);
}

interface Attempt {
  readonly resolver: Resolver;
  readonly lookup: Lookup;
}

/** Two attempts at a time, with other resolvers each time where there are more, until addresses or agreement come. */
async function attempts(wanted: Wanted, { resolvers, session }: Sources): Promise<Attempt[]> {
  const all: Attempt[] = [];
  await session.tries(
    async () => {
      const turn = Array.from(
        { length: ATTEMPTS },
        (_, i) => resolvers[(all.length + i) % resolvers.length]!,
      );
      const pair = await Promise.all(
        turn.map(async (resolver) => ({
          resolver,
          lookup: await lookUp(wanted, resolver, session),
        })),
      );
      all.push(...pair);
      return pair;
    },
    (pair) => !pair.some(({ lookup }) => lookup.outcome === "addresses") && !pair.every(saysNone),
  );
  return all;
}

function saysNone({ lookup }: Attempt): boolean {
  return NO_ADDRESS.has(lookup.outcome);
}

/** One answer of all attempts: addresses where any has them, none where the last two agree, else the failure. */
function merged(all: readonly Attempt[], { session }: Sources): AddressAnswer {
  const found = all.filter(({ lookup }) => lookup.outcome === "addresses");
  const told = found.length > 0 ? found : all.slice(-ATTEMPTS);
  const deciding = told.find((attempt) => !saysNone(attempt)) ?? weakest(told);
  const { dns64Prefix } = session.gate;
  const distinct = [...new Set(found.flatMap(({ lookup }) => lookup.addresses))].sort();
  const own = distinct.filter((each) => dns64Prefix === null || !inPrefix(each, dns64Prefix));
  const unread = Math.max(0, ...found.map(({ lookup }) => lookup.beyond));
  // A DNS64 invents addresses only for names that have none of their own (RFC 6147 section 5.1.1).
  const outcome = found.length > 0 && own.length === 0 ? "no_data" : deciding.lookup.outcome;
  return {
    outcome,
    addresses: own.slice(0, MAX_ADDRESSES).map((each) => seenAddress(each, session)),
    beyond: Math.max(0, own.length - MAX_ADDRESSES) + unread,
    chain: deciding.lookup.chain,
    attempts: all.map(({ resolver, lookup }) => ({
      resolver: resolver.text,
      outcome: lookup.outcome,
    })),
    invented: distinct.length - own.length,
  };
}

/** Where attempts say none for different reasons, the reason that claims least. */
function weakest(told: readonly Attempt[]): Attempt {
  const order: readonly AnswerOutcome[] = [...NO_ADDRESS];
  const ranked = told.toSorted(
    (a, b) => order.indexOf(a.lookup.outcome) - order.indexOf(b.lookup.outcome),
  );
  return ranked[0]!;
}

function answer(outcome: AnswerOutcome): AddressAnswer {
  return { outcome, addresses: [], beyond: 0, chain: [], attempts: [], invented: 0 };
}
