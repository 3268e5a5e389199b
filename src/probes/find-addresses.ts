import { isIP } from "node:net";
import { type Family, familyNumber, otherFamily } from "../domain/family.ts";
import type { Skip, Stop } from "../domain/probe-facts.ts";
import { type AddressPolicy, inPrefix } from "./address-policy.ts";
import type { Deadline } from "./deadline.ts";
import type { DnsAnswer, DnsClient } from "./dns-client.ts";

/** What a host has in one family: addresses, or none while the other family has some. */
export type Found =
  | { readonly found: "addresses"; readonly addresses: readonly string[] }
  | { readonly found: "other_family_only" };

/** What is needed to find addresses. */
export interface Finder {
  readonly dns: DnsClient;
  readonly family: Family;
  readonly deadline: Deadline;
  /** Prefix in which this resolver invents AAAA records (RFC 7050), or null. */
  readonly dns64Prefix: string | null;
}

/**
 * The addresses of a host in the family of the run. Asks for the other family only where this one has none,
 * because "no record" means something else when the name has no address at all.
 */
export async function findAddresses(host: string, finder: Finder): Promise<Found | Stop | Skip> {
  const literal = isIP(host);
  if (literal !== 0) {
    return literal === familyNumber(finder.family)
      ? { found: "addresses", addresses: [host] }
      : { found: "other_family_only" };
  }
  const own = await lookup(host, finder.family, finder);
  if (own.kind === "addresses") return { found: "addresses", addresses: own.addresses };
  if (own.kind !== "none") return ended(own);
  const other = await lookup(host, otherFamily(finder.family), finder);
  if (other.kind === "addresses") return { found: "other_family_only" };
  if (other.kind !== "none") return ended(other);
  return { stop: "no_address_at_all", phase: "resolve", code: own.code };
}

/** All addresses were invented by the resolver: what the portal itself publishes can't be told. */
interface Invented {
  readonly kind: "invented";
}

async function lookup(
  host: string,
  family: Family,
  { dns, deadline, dns64Prefix }: Finder,
): Promise<DnsAnswer | Invented> {
  const answer = await dns.lookup(host, family, deadline);
  if (answer.kind !== "addresses" || family === "ip4" || dns64Prefix === null) return answer;
  const own = answer.addresses.filter((address) => !inPrefix(address, dns64Prefix));
  return own.length === 0 ? { kind: "invented" } : { kind: "addresses", addresses: own };
}

function ended(answer: Exclude<DnsAnswer | Invented, { kind: "addresses" | "none" }>): Stop | Skip {
  if (answer.kind === "cut") return { skip: "skip_stopping" };
  if (answer.kind === "invented") return { stop: "vantage_dns64", phase: "resolve", code: null };
  return { stop: answer.failure, phase: "resolve", code: answer.code };
}

/** Those of a host's addresses that may be connected to, or `address_special` when none may. */
export function usableAddresses(
  addresses: readonly string[],
  policy: AddressPolicy,
): readonly string[] | Stop {
  const usable = addresses.filter((address) => policy(address) === null);
  if (usable.length > 0) return usable;
  const classes = [...new Set(addresses.map((address) => policy(address) ?? ""))].sort();
  return { stop: "address_special", phase: "resolve", code: null, detail: { classes } };
}
