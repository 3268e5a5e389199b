import { isIPv4 } from "node:net";
import type { Answer, Question, SoaAnswer } from "dns-packet";
import type { Family } from "../src/domain/family.ts";
import type { Behaviour } from "./behaviour.ts";
import type { DnssecMode, ResolverMode } from "./types.ts";

/** Response codes (RFC 1035 section 4.1.1). */
export const RCODE = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;

/** The lab's zone, under a top-level domain that is reserved for tests (RFC 6761). */
export const ZONE = "lab.test";

/** What the resolver says to one question; silence and garbage are answers too. */
export type Reply =
  | {
      readonly kind: "answer";
      readonly rcode: number;
      readonly answers: readonly Answer[];
      /** AA: said by a name server of the zone. */
      readonly authoritative?: boolean;
      /** AD: validated (RFC 4035 section 3.2.3). */
      readonly authentic?: boolean;
      /** Code of RFC 8914. */
      readonly extendedError?: number;
    }
  | { readonly kind: "silence" }
  | { readonly kind: "malformed" };

/** A host whose records depend on a behaviour that can change at any time. */
export interface DnsSubject {
  readonly host: string;
  readonly behaviour: Behaviour;
  /** The addresses that this family's records carry now. */
  readonly published: (family: Family) => readonly string[];
}

/** What the whole resolver is set to. */
export interface ResolverState {
  mode: ResolverMode;
  dns64: boolean;
  /** Default `secure`. */
  dnssec?: DnssecMode;
  /** Default: one of them, on 127.0.0.1 and ::1. */
  readonly nameServers?: readonly FixedHost[];
}

/** A host whose addresses never change. */
export interface FixedHost {
  readonly host: string;
  readonly ip4: readonly string[];
  readonly ip6: readonly string[];
}

/** No cache may outlive a change of behaviour. */
const TTL_SECONDS = 0;

/** RFC 7050: these two addresses, and by rights no AAAA. */
const IPV4_ONLY = { host: "ipv4only.arpa", ip4: ["192.0.0.170", "192.0.0.171"], ip6: [] };

/** Names of the zone's name servers; they answer for the zones above too. */
export const NAME_SERVERS = [`ns.${ZONE}`, `ns2.${ZONE}`] as const;
const DEFAULT_NAME_SERVERS: readonly FixedHost[] = [
  { host: NAME_SERVERS[0], ip4: ["127.0.0.1"], ip6: ["::1"] },
];

/** The only mail server, at the address of the first name server; nothing needs to listen there. */
const MAIL_SERVER = `mail.${ZONE}`;

/** The zones that there are: the root, the top-level domain and the lab's own. */
const APEXES = [ZONE, "test", "."] as const;

/** The start of authority that negative answers carry (RFC 2308); minimum 0 for the same reason as the TTL. */
export function startOfAuthority(name: string): SoaAnswer {
  const zone = APEXES.find((apex) => name === apex || name.endsWith(`.${apex}`)) ?? ".";
  const data = {
    mname: NAME_SERVERS[0],
    rname: `hostmaster.${ZONE}`,
    serial: 1,
    refresh: 3600,
    retry: 600,
    expire: 86_400,
    minimum: TTL_SECONDS,
  };
  return { type: "SOA", name: zone, ttl: TTL_SECONDS, data };
}

/** What a resolver in this state says to this question, given the hosts that exist. */
export function replyTo(
  question: Question,
  state: ResolverState,
  find: (host: string) => DnsSubject | undefined,
): Reply {
  if (state.mode === "timeout" || state.mode === "down") return { kind: "silence" };
  if (state.mode !== "ok") return failed(state.mode);
  const name = question.name.toLowerCase();
  const subject = find(name);
  const plain =
    subject === undefined ? fixedReply(name, question, state) : subjectReply(subject, question);
  const empty =
    plain.kind === "answer" &&
    plain.rcode === RCODE.NOERROR &&
    !plain.answers.some((answer) => answer.type === "AAAA");
  if (!state.dns64 || question.type !== "AAAA" || !empty) return plain;
  return synthesised(replyTo({ ...question, type: "A" }, { ...state, dns64: false }, find));
}

function fixedReply(name: string, question: Question, state: ResolverState): Reply {
  const nameServers = state.nameServers ?? DEFAULT_NAME_SERVERS;
  const mail = { ...nameServers[0]!, host: MAIL_SERVER };
  for (const fixed of [IPV4_ONLY, mail, ...nameServers]) {
    if (fixed.host !== name) continue;
    const family = question.type === "A" ? fixed.ip4 : question.type === "AAAA" ? fixed.ip6 : [];
    return answered(addressRecords(question.name, family));
  }
  if (APEXES.some((apex) => apex === name)) return apexReply(name, question, nameServers);
  return failed("nxdomain");
}

function apexReply(name: string, question: Question, nameServers: readonly FixedHost[]): Reply {
  const common = { name: question.name, ttl: TTL_SECONDS };
  switch (question.type) {
    case "SOA":
      return answered([startOfAuthority(name)]);
    case "NS":
      return answered(nameServers.map(({ host }) => ({ ...common, type: "NS", data: host })));
    case "MX": {
      const data = { preference: 10, exchange: MAIL_SERVER };
      return answered(name === ZONE ? [{ ...common, type: "MX", data }] : []);
    }
    default:
      return answered([]);
  }
}

function subjectReply(subject: DnsSubject, question: Question): Reply {
  const names = aliasNames(subject);
  const at = names.indexOf(question.name.toLowerCase());
  if (at < 0) return failed("nxdomain");
  // The owner name keeps the capitals of the question: resolvers use them against forged answers.
  const owners = [question.name, ...names.slice(at + 1)];
  const cnames = owners
    .slice(0, -1)
    .map((name, i): Answer => ({ type: "CNAME", name, ttl: TTL_SECONDS, data: owners[i + 1]! }));
  if (question.type === "CNAME") return answered(cnames.slice(0, 1));
  const { alias } = subject.behaviour;
  if (alias === "dangling") return { kind: "answer", rcode: RCODE.NXDOMAIN, answers: cnames };
  if (alias === "nowhere" || alias === "loop") return answered(cnames);
  if (question.type !== "A" && question.type !== "AAAA") return answered(cnames);
  const family = question.type === "A" ? "ip4" : "ip6";
  const { dns } = subject.behaviour[family];
  if (dns === "timeout") return { kind: "silence" };
  if (dns === "malformed") return { kind: "malformed" };
  if (dns === "none") return answered(cnames);
  if (dns !== "answer") return failed(dns);
  return answered([...cnames, ...addressRecords(owners.at(-1)!, subject.published(family))]);
}

/** The names from the host to where its addresses are, by the alias that it plays. */
function aliasNames({ host, behaviour }: DnsSubject): string[] {
  switch (behaviour.alias) {
    case "chain":
      return [host, `edge.${host}`, `cdn.${host}`];
    case "big":
      return [host, ...["a", "b", "c", "d"].map((letter) => `${longName(letter)}.${host}`)];
    case "nowhere":
    case "dangling":
      return [host, `gone.${host}`];
    case "loop":
      return [host, `again.${host}`, host];
    default:
      return [host];
  }
}

/** Three labels near the limit of 63 octets, so that a few records exceed every UDP payload size in use. */
function longName(letter: string): string {
  return Array.from({ length: 3 }, () => letter.repeat(60)).join(".");
}

function addressRecords(name: string, addresses: readonly string[]): Answer[] {
  return addresses.map((data) => ({
    type: isIPv4(data) ? "A" : "AAAA",
    name,
    ttl: TTL_SECONDS,
    data,
  }));
}

/** The AAAA records that a DNS64 makes of A records, under the well-known prefix (RFC 6052 section 2.1). */
function synthesised(reply: Reply): Reply {
  if (reply.kind !== "answer") return reply;
  const answers = reply.answers.map((answer): Answer => {
    if (answer.type !== "A") return answer;
    return { ...answer, type: "AAAA", data: `64:ff9b::${answer.data}` };
  });
  return { ...reply, answers };
}

function answered(answers: readonly Answer[]): Reply {
  return { kind: "answer", rcode: RCODE.NOERROR, answers };
}

function failed(how: "nxdomain" | "servfail" | "refused"): Reply {
  const rcode = { nxdomain: RCODE.NXDOMAIN, servfail: RCODE.SERVFAIL, refused: RCODE.REFUSED }[how];
  return { kind: "answer", rcode, answers: [] };
}
