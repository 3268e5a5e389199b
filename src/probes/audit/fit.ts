import type { AddressSight, AuditCertificate, HostSight } from "../../domain/audit/host.ts";
import type { AnswerSight } from "../../domain/audit/host.ts";
import type { AuditFacts } from "../../domain/audit/observation.ts";
import { type Sight, isUnseen, unseen } from "../../domain/audit/sight.ts";

/** Largest facts, characters of JSON without the DER forms of certificates. */
export const FACTS_LIMIT = 512 * 1024;

/**
 * Facts within the limit. Almost all are; where a portal sends megabytes in small facts, those that matter least go
 * first, in a fixed order, so that repeats of an audit are cut alike.
 */
export function fitted(facts: AuditFacts, limit: number = FACTS_LIMIT): AuditFacts {
  let left = facts;
  for (const cut of CUTS) {
    if (sizeOf(left) <= limit) return left;
    left = cut(left);
  }
  return left;
}

/** Characters of the facts as JSON, DER forms left out. */
export function sizeOf(facts: AuditFacts): number {
  return JSON.stringify(facts, (key: string, value: unknown) => (key === "der" ? null : value))
    .length;
}

const LIMIT = unseen("limit");

/** Each gives up a little more than the one before it. */
const CUTS: readonly ((facts: AuditFacts) => AuditFacts)[] = [
  (facts) => withNames(facts, 10),
  (facts) => withHeaders(facts, 300, 3),
  (facts) => withAddresses(facts, 3, (host) => host.role !== "entry"),
  (facts) => ({ ...facts, page: { ...facts.page, resources: LIMIT } }),
  (facts) => ({ ...facts, mail: LIMIT }),
  (facts) => withHeaders(facts, 100, 2),
  (facts) => withNames(facts, 0),
  (facts) => ({ ...facts, zone: LIMIT }),
  (facts) => withAddresses(facts, 2, () => true),
  (facts) => ({ ...facts, chains: { ip4: LIMIT, ip6: LIMIT } }),
];

function withNames(facts: AuditFacts, count: number): AuditFacts {
  const shorter = ([fingerprint, certificate]: [string, AuditCertificate]) => {
    const { names, namesBeyond } = certificate;
    const beyond = namesBeyond + Math.max(0, names.length - count);
    return [fingerprint, { ...certificate, names: names.slice(0, count), namesBeyond: beyond }];
  };
  return {
    ...facts,
    certificates: Object.fromEntries(Object.entries(facts.certificates).map(shorter)),
  };
}

function withHeaders(facts: AuditFacts, length: number, lines: number): AuditFacts {
  const shorten = (answer: Sight<AnswerSight>): Sight<AnswerSight> => {
    if (isUnseen(answer)) return answer;
    const headers = Object.entries(answer.headers).map(([name, values]) => [
      name,
      values.slice(0, lines).map((value) => value.slice(0, length)),
    ]);
    return { ...answer, headers: Object.fromEntries(headers) };
  };
  const cut = (address: AddressSight): AddressSight => ({
    ...address,
    answer: shorten(address.answer),
    plain: shorten(address.plain),
  });
  const hosts = facts.hosts.map((host) => ({ ...host, addresses: host.addresses.map(cut) }));
  return { ...facts, hosts };
}

function withAddresses(
  facts: AuditFacts,
  perFamily: number,
  concerned: (host: HostSight) => boolean,
): AuditFacts {
  const hosts = facts.hosts.map((host) => {
    if (!concerned(host)) return host;
    const kept = host.addresses.filter((address, at) => {
      const before = host.addresses.slice(0, at).filter(({ family }) => family === address.family);
      return before.length < perFamily;
    });
    const beyond = host.beyond + host.addresses.length - kept.length;
    return { ...host, addresses: kept, beyond };
  });
  return { ...facts, hosts };
}
