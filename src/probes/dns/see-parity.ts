import { type Sight, isUnseen, unseen } from "../../domain/audit/sight.ts";
import type {
  DataParity,
  NameServerSight,
  ServerAddressSight,
  ServerAnswer,
} from "../../domain/audit/zone.ts";
import { FAMILIES, type Family } from "../../domain/family.ts";
import { type AuthorityTools, askAuthority } from "./authority.ts";
import type { Reply } from "./message.ts";

/** Servers that are compared. */
const MAX_COMPARED = 4;

/** Records kept of one side. */
const MAX_RECORDS = 32;

/** A host's records as the same server tells them over IPv4 and over IPv6 (D6), of up to four servers. */
export async function seeParity(
  host: string,
  servers: readonly NameServerSight[],
  tools: AuthorityTools,
): Promise<Sight<{ readonly servers: readonly DataParity[] }>> {
  const { session } = tools;
  for (const family of FAMILIES) {
    const closed = session.closed(family);
    if (closed !== null) return closed;
  }
  const pairs = servers.flatMap(({ name, ip4, ip6 }): Pair[] => {
    const [first4, first6] = [ip4?.find(holdsZone), ip6?.find(holdsZone)];
    if (first4 === undefined || first6 === undefined) return [];
    return [{ name, ip4: first4.address.address, ip6: first6.address.address }];
  });
  if (pairs.length === 0 && servers.every(isKnown)) return { servers: [] };
  const compared = await Promise.all(
    pairs.slice(0, MAX_COMPARED).map((pair) => compare(host, pair, tools)),
  );
  const told = compared.flatMap((parity) => (parity === null ? [] : [parity]));
  if (told.length > 0) return { servers: told };
  return unseen(session.remaining() === 0 ? "deadline" : "not_reached");
}

/** Whether everything is known of a server that there is to know; else it might have been compared. */
function isKnown({ ip4, ip6 }: NameServerSight): boolean {
  return [ip4, ip6].every((each) => each?.every(({ udp }) => !isUnseen(udp)) ?? false);
}

interface Pair {
  readonly name: string;
  readonly ip4: string;
  readonly ip6: string;
}

function holdsZone({ udp }: ServerAddressSight): boolean {
  return !isUnseen(udp) && isAuthority(udp);
}

function isAuthority({ outcome, authoritative, holdsZone: holds }: ServerAnswer): boolean {
  return outcome === "answered" && authoritative && holds;
}

/**
 * Compares until the two sides agree, three times at most. A server whose records change from question to question
 * over one family alone (round robin) shows nothing by a difference. Null where a side does not answer.
 */
async function compare(
  host: string,
  pair: Pair,
  tools: AuthorityTools,
): Promise<DataParity | null> {
  const told: Record<Family, string[]> = { ip4: [], ip6: [] };
  const { outcome } = await tools.session.tries(
    async () => {
      const [ip4, ip6] = await Promise.all([
        recordsOf(host, pair.ip4, tools),
        recordsOf(host, pair.ip6, tools),
      ]);
      if (ip4 === null || ip6 === null) return null;
      told.ip4.push(ip4.join("\n"));
      told.ip6.push(ip6.join("\n"));
      return { ip4, ip6, equal: ip4.join("\n") === ip6.join("\n") };
    },
    (sides) => sides?.equal !== true,
  );
  if (outcome === null) return null;
  const steady = FAMILIES.every((family) => new Set(told[family]).size === 1);
  const equal = outcome.equal || !steady;
  return {
    ...pair,
    equal,
    ip4Records: equal ? [] : outcome.ip4.slice(0, MAX_RECORDS),
    ip6Records: equal ? [] : outcome.ip6.slice(0, MAX_RECORDS),
  };
}

/** The host's own records of both types, sorted; null where an answer is missing or was not authoritative. */
async function recordsOf(
  host: string,
  address: string,
  tools: AuthorityTools,
): Promise<string[] | null> {
  const records: string[] = [];
  for (const type of ["A", "AAAA"] as const) {
    const told = await askAuthority({ name: host, type }, address, "either", tools);
    if (isUnseen(told) || told.outcome !== "answered" || !isWhole(told.reply)) return null;
    const own = told.reply.answers.filter(({ name }) => name === host);
    records.push(...own.map((record) => `${record.type} ${record.value}`));
    if (told.reply.rcode === "NXDOMAIN") records.push(`${type} NXDOMAIN`);
  }
  return [...new Set(records)].sort();
}

function isWhole({ rcode, authoritative, truncated }: Reply): boolean {
  return (rcode === "NOERROR" || rcode === "NXDOMAIN") && authoritative && !truncated;
}
