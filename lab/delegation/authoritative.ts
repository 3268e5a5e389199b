import type { Answer, Question } from "dns-packet";
import { RCODE } from "../dns-zone.ts";
import { type PlanRecord, type PlanZone, TTL_SECONDS } from "./zone-plan.ts";

/** What a server with some zones says to a question. */
export interface Said {
  readonly rcode: number;
  readonly authoritative: boolean;
  readonly answers: readonly Answer[];
  readonly authorities: readonly Answer[];
  readonly additionals: readonly Answer[];
}

/** Aliases followed inside a zone, as name servers do for their askers. */
const MAX_ALIASES = 16;

/** The answer of a server that has these zones (RFC 1034 section 4.3.2), the deepest that fits deciding. */
export function answerFrom(zones: readonly PlanZone[], question: Question): Said {
  const name = question.name.toLowerCase();
  const zone = zones
    .filter(({ origin }) => within(name, origin))
    .toSorted((a, b) => b.origin.length - a.origin.length)[0];
  if (zone === undefined) return said(RCODE.REFUSED, false);
  return delegation(zone, name) ?? own(zone, question, name);
}

/** The delegation between the zone's apex and the name, if there is one. */
function delegation({ origin, records }: PlanZone, name: string): Said | null {
  const cut = records.find(
    (record) => record.type === "NS" && record.name !== origin && within(name, record.name),
  );
  if (cut === undefined) return null;
  const servers = records.filter((record) => record.type === "NS" && record.name === cut.name);
  return {
    ...said(RCODE.NOERROR, false),
    authorities: servers.map(toAnswer),
    additionals: addressesOf(records, servers),
  };
}

function own(zone: PlanZone, question: Question, asked: string): Said {
  const answers: Answer[] = [];
  const { records, origin } = zone;
  let name = asked;
  for (let followed = 0; followed <= MAX_ALIASES; followed += 1) {
    const here = records.filter((record) => record.name === name);
    const wanted = here.filter((record) => record.type === question.type);
    // The owner name keeps the capitals of the question.
    answers.push(...wanted.map((record) => toAnswer({ ...record, name: shown(name) })));
    const servers = wanted.filter(({ type }) => type === "NS");
    const additionals = addressesOf(records, servers);
    if (wanted.length > 0) return { ...said(RCODE.NOERROR, true), answers, additionals };
    const alias = here.find((record) => record.type === "CNAME");
    if (alias === undefined) {
      const exists = records.some((record) => within(record.name, name));
      const soa = records.find(({ type }) => type === "SOA");
      const rcode = exists ? RCODE.NOERROR : RCODE.NXDOMAIN;
      return { ...said(rcode, true), answers, authorities: soa ? [toAnswer(soa)] : [] };
    }
    answers.push(toAnswer({ ...alias, name: shown(name) }));
    name = alias.data;
    if (!within(name, origin)) break;
  }
  return { ...said(RCODE.NOERROR, true), answers };

  function shown(owner: string): string {
    return owner === asked ? question.name : owner;
  }
}

function addressesOf(records: readonly PlanRecord[], servers: readonly PlanRecord[]): Answer[] {
  const names = new Set(servers.map(({ data }) => data));
  return records
    .filter(({ name, type }) => (type === "A" || type === "AAAA") && names.has(name))
    .map(toAnswer);
}

function toAnswer({ name, type, data }: PlanRecord): Answer {
  const common = { name, ttl: TTL_SECONDS };
  const parts = data.split(" ");
  switch (type) {
    case "SOA": {
      const [mname, rname, ...numbers] = parts as [string, string, ...string[]];
      const [serial, refresh, retry, expire, minimum] = numbers.map(Number);
      const soa = { mname, rname, serial, refresh, retry, expire, minimum };
      return { ...common, type, data: soa };
    }
    case "MX":
      return { ...common, type, data: { preference: Number(parts[0]), exchange: parts[1]! } };
    default:
      return { ...common, type, data };
  }
}

function said(rcode: number, authoritative: boolean): Said {
  return { rcode, authoritative, answers: [], authorities: [], additionals: [] };
}

/** Whether a name is the other or lies below it. */
export function within(name: string, above: string): boolean {
  return above === "." || name === above || name.endsWith(`.${above}`);
}
