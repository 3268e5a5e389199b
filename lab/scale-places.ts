import type { Family } from "../src/domain/family.ts";

/** The addresses of a scale lab: which there are, and which belong to the host of a number. */
export interface ScalePlaces {
  readonly ip4: readonly string[];
  readonly ip6: readonly string[];
  /** Empty for a family in which the host publishes nothing. */
  readonly of: (number: number) => Readonly<Record<Family, readonly string[]>>;
}

/** The largest number of hosts in one group of addresses (the last octet, without 0 and the top). */
const MAX_ADDRESSES = 250;

/** Hosts share so many IPv4 addresses of one prefix, and whatever IPv6 addresses there are, in turn. */
export function sharedPlaces(addresses: number, ip6: readonly string[]): ScalePlaces {
  if (addresses > MAX_ADDRESSES) throw new Error(`at most ${MAX_ADDRESSES} IPv4 addresses`);
  // One IPv4 address more than asked for: the control portal's own.
  const ip4 = Array.from({ length: addresses + 1 }, (_, i) => `127.2.0.${i + 1}`);
  const at = (list: readonly string[], number: number) =>
    list.length === 0 ? [] : [list[number % list.length]!];
  return { ip4, ip6, of: (number) => ({ ip4: at(ip4, number), ip6: at(ip6, number) }) };
}

/**
 * Every host has an IPv4 address in a /24 of its own, and an IPv6 address of its own where as many were given; without
 * them it publishes none, because one that all share would tie them together.
 */
export function separatePlaces(hosts: number, given: readonly string[]): ScalePlaces {
  const ip4 = Array.from({ length: hosts }, (_, i) => `127.${2 + (i >> 8)}.${i & 255}.1`);
  const ip6 = given.length >= hosts ? given.slice(0, hosts) : [];
  return {
    ip4,
    ip6,
    of: (number) => ({ ip4: [ip4[number]!], ip6: ip6.length === 0 ? [] : [ip6[number]!] }),
  };
}
