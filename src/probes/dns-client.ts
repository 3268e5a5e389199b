import { Resolver } from "node:dns";
import type { FailureKind } from "../domain/failure.ts";
import type { Family } from "../domain/family.ts";
import type { Deadline } from "./deadline.ts";

/** What a lookup came to; `none` is an answer without records or the answer that the name does not exist. */
export type DnsAnswer =
  | { readonly kind: "addresses"; readonly addresses: readonly string[] }
  | { readonly kind: "none"; readonly nameExists: boolean; readonly code: string }
  | { readonly kind: "failed"; readonly failure: FailureKind; readonly code: string }
  | { readonly kind: "cut" };

/** Asks the configured resolvers, never the system's own (getaddrinfo), and remembers nothing. */
export interface DnsClient {
  /** A or AAAA of a name; a deadline that ends first is `dns_timeout`. */
  lookup(name: string, family: Family, deadline: Deadline): Promise<DnsAnswer>;
  /** The names that a name leads to, in order, at most eight, ending where they repeat; empty if none or unknown. */
  aliases(name: string, deadline: Deadline): Promise<readonly string[]>;
  close(): void;
}

/**
 * How c-ares repeats a question: it waits less for a server that has been quick. A silent one that used to be quick
 * is asked four times and given up after five seconds, which leaves a ten-second deadline room for the rest.
 */
const RETRY = { timeout: 2000, tries: 4, maxTimeout: 4000 };

/** More addresses of one name than anybody tries or wants to read. */
const MAX_ADDRESSES = 32;

/** RFC 1034 3.6.2 asks to follow chains without a bound; eight is what validators grant. */
const MAX_ALIASES = 8;

/** Codes of c-ares that mean "there is no such record"; a name that can't be asked for has none either. */
const NONE = new Set(["ENODATA", "ENOTFOUND", "EBADNAME"]);

const FAILED: Readonly<Record<string, FailureKind>> = {
  ETIMEOUT: "dns_timeout",
  ESERVFAIL: "dns_servfail",
  EREFUSED: "dns_refused",
  EBADRESP: "dns_malformed",
  EFORMERR: "dns_malformed",
  ENOTIMP: "dns_malformed",
  ECONNREFUSED: "resolver_down",
};

/** A client for these servers, `address[:port]` with IPv6 in brackets; throws if one is malformed. */
export function createDnsClient(servers: readonly string[]): DnsClient {
  const resolver = new Resolver(RETRY);
  resolver.setServers(servers);
  return {
    lookup: (name, family, deadline) => lookup(resolver, name, family, deadline),
    aliases: (name, deadline) => aliases(resolver, name, deadline),
    close: () => resolver.cancel(),
  };
}

type RecordType = "A" | "AAAA" | "CNAME";

type Asked = { readonly data: readonly string[] } | { readonly code: string } | "deadline" | "cut";

function ask(
  resolver: Resolver,
  name: string,
  type: RecordType,
  deadline: Deadline,
): Promise<Asked> {
  return new Promise((resolve) => {
    const release = deadline.guard(resolve);
    const answered = (error: NodeJS.ErrnoException | null, data: readonly string[]) => {
      release();
      resolve(error ? { code: error.code ?? "UNKNOWN" } : { data });
    };
    // A question that outlives its run ends by itself; cancelling would end those of all other runs too.
    if (type === "A") resolver.resolve4(name, answered);
    else if (type === "AAAA") resolver.resolve6(name, answered);
    else resolver.resolveCname(name, answered);
  });
}

function isMalformed(asked: Asked): boolean {
  return typeof asked === "object" && "code" in asked && asked.code === "EBADRESP";
}

/**
 * Repeats a question over a socket of its own. One malformed answer makes c-ares fail every question that is open on
 * the same socket, so that only an answer that nobody shares shows whose it was.
 */
function askAlone(
  resolver: Resolver,
  name: string,
  type: RecordType,
  deadline: Deadline,
): Promise<Asked> {
  const alone = new Resolver(RETRY);
  alone.setServers(resolver.getServers());
  return ask(alone, name, type, deadline);
}

async function lookup(
  resolver: Resolver,
  name: string,
  family: Family,
  deadline: Deadline,
): Promise<DnsAnswer> {
  const type = family === "ip4" ? "A" : "AAAA";
  let asked = await ask(resolver, name, type, deadline);
  if (isMalformed(asked)) asked = await askAlone(resolver, name, type, deadline);
  if (asked === "cut") return { kind: "cut" };
  if (asked === "deadline") return { kind: "failed", failure: "dns_timeout", code: "DEADLINE" };
  if ("data" in asked) {
    // c-ares answers an empty list, not ENODATA, for a chain of aliases that ends without addresses.
    if (asked.data.length === 0) return { kind: "none", nameExists: true, code: "ENODATA" };
    return { kind: "addresses", addresses: asked.data.slice(0, MAX_ADDRESSES) };
  }
  const { code } = asked;
  if (NONE.has(code)) return { kind: "none", nameExists: code === "ENODATA", code };
  // A code that is not on the list accuses nobody.
  return { kind: "failed", failure: FAILED[code] ?? "prober_fault", code };
}

async function aliases(
  resolver: Resolver,
  name: string,
  deadline: Deadline,
): Promise<readonly string[]> {
  const chain: string[] = [];
  let current = name;
  while (chain.length < MAX_ALIASES && deadline.remaining() > 0) {
    const asked = await ask(resolver, current, "CNAME", deadline);
    if (typeof asked === "string" || "code" in asked) break;
    const next = asked.data[0];
    if (next === undefined || next === name || chain.includes(next)) break;
    chain.push(next);
    current = next;
  }
  return chain;
}
