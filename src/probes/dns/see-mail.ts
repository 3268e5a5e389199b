import { getDomain } from "tldts";
import { isIP } from "node:net";
import { type Sight, unseen } from "../../domain/audit/sight.ts";
import type { MailServerSight, MailSight } from "../../domain/audit/zone.ts";
import type { AuditSession } from "../audit/session.ts";
import { connectTcp } from "../connect.ts";
import { turnAt } from "./ask.ts";
import { ROOT, dnsName } from "./dns-name.ts";
import { findZone } from "./find-zone.ts";
import { NO_ADDRESS } from "./lookup.ts";
import type { DnsRecord } from "./record.ts";
import type { NameLookup } from "./name-lookup.ts";
import { type Resolver, askAny } from "./resolvers.ts";

/** Mail servers that are looked at. */
const MAX_SERVERS = 8;
/** Addresses of one that an observation keeps. */
const MAX_ADDRESSES = 8;

/** Time for a connection (reference W1). */
const CONNECT_MS = 4000;

/** What is needed to look at mail. */
export interface MailTools {
  readonly resolvers: readonly Resolver[];
  readonly session: AuditSession;
  readonly lookUp: NameLookup;
  /** Port of mail servers (25). */
  readonly mailPort: number;
}

/** Mail servers of a host's registrable domain and whether each accepts connections over IPv6; information only. */
export async function seeMail(host: string, tools: MailTools): Promise<Sight<MailSight>> {
  const { resolvers, session } = tools;
  const name = isIP(host) === 0 ? dnsName(host) : null;
  if (name === null) return unseen("not_reached");
  if (!session.gate.resolverUsable) return unseen("resolver_unusable");
  const domain = await mailDomain(name, tools);
  const failed = () => unseen(session.remaining() === 0 ? "deadline" : "resolver_failed");
  if (domain === null) return failed();
  const reply = await askAny({ name: domain, type: "MX" }, resolvers, session);
  if (reply === null) return failed();
  const records = reply.answers.filter((record) => record.type === "MX" && record.name === domain);
  // "." as the only server: the domain takes no mail (RFC 7505 section 3).
  const named = records.filter(({ value }) => value !== ROOT);
  if (named.length === 0) {
    return { domain, outcome: records.length > 0 ? "null_mx" : "none", servers: [] };
  }
  const first = named.toSorted(byPreference).slice(0, MAX_SERVERS);
  return {
    domain,
    outcome: "servers",
    servers: await Promise.all(first.map((record) => seeServer(record, tools))),
  };
}

/**
 * The domain that mail goes to: the registrable one by the public suffix list, private section included; for a
 * host that is a suffix itself (`hanoi.gov.vn` as the list may have it) the zone that holds it.
 */
async function mailDomain(name: string, { resolvers, session }: MailTools): Promise<string | null> {
  const registrable = getDomain(name, { allowPrivateDomains: true, validateHostname: false });
  if (registrable !== null && registrable !== "") return registrable;
  return (await findZone(name, resolvers, session))?.zone ?? null;
}

function byPreference(a: DnsRecord, b: DnsRecord): number {
  return a.preference - b.preference || (a.value < b.value ? -1 : 1);
}

async function seeServer(
  { value: name, preference }: DnsRecord,
  { session, lookUp, mailPort }: MailTools,
): Promise<MailServerSight> {
  const { outcome, addresses } = (await lookUp(name)).answers.ip6;
  const known = outcome === "addresses" || NO_ADDRESS.has(outcome);
  if (!known) return { name, preference, ip6: null, accepts: unseen("resolver_failed") };
  const ip6 = addresses.slice(0, MAX_ADDRESSES);
  const address = ip6.find(({ usable }) => usable)?.address;
  const refused = unseen(ip6.length > 0 ? "refused_here" : "not_reached");
  const accepts = address === undefined ? refused : await knock(address, mailPort, session);
  return { name, preference, ip6, accepts };
}

/** Whether an address accepts a TCP connection, which is closed at once. */
async function knock(
  address: string,
  port: number,
  session: AuditSession,
): Promise<MailServerSight["accepts"]> {
  const release = await turnAt(address, session);
  const closed = session.remaining() === 0 ? unseen("deadline") : session.closed("ip6");
  if (release === null || closed !== null) {
    release?.();
    return closed ?? unseen("deadline");
  }
  const deadline = session.step(CONNECT_MS);
  try {
    const came = await connectTcp({ address, port, family: "ip6" }, CONNECT_MS, deadline);
    if ("skip" in came) return unseen("deadline");
    if ("stop" in came) return OURS.has(came.stop) ? unseen("own_fault") : { open: false };
    came.destroy();
    return { open: true };
  } finally {
    deadline.clear();
    release();
  }
}

/** Failures that are not the mail server's. */
const OURS: ReadonlySet<string> = new Set(["own_sockets", "prober_fault"]);
