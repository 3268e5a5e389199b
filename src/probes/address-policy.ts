import ipaddr from "ipaddr.js";

/** One prefix of PROBE_ALLOWED_NETWORKS, as the address library holds it. */
export type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Comma-separated prefixes, or the first part that is none. */
export type ParsedNetworks = { readonly networks: readonly Network[] } | { readonly wrong: string };

/** Reads prefixes like `127.0.0.0/8,fd53::/16`; empty parts are passed over. */
export function parseNetworks(text: string): ParsedNetworks {
  const networks: Network[] = [];
  for (const part of text.split(",").map((part) => part.trim())) {
    if (part === "") continue;
    if (!ipaddr.isValidCIDR(part)) return { wrong: part };
    networks.push(ipaddr.parseCIDR(part));
  }
  return { networks };
}

/** The registry class of a special-purpose address, as evidence names it. */
export type AddressClass = string;

/** 2000::/3, the only part of IPv6 that IANA has given out as global unicast. */
const GLOBAL_UNICAST = ipaddr.parseCIDR("2000::/3");

/** More telling names for what the library lumps together as `reserved`. */
const RESERVED: Readonly<Record<string, string>> = {
  documentation_2001_db8: "2001:db8::/32",
  documentation_3fff: "3fff::/20",
  ietf_protocol_assignment: "2001::/23",
  documentation_test_net_1: "192.0.2.0/24",
  documentation_test_net_2: "198.51.100.0/24",
  documentation_test_net_3: "203.0.113.0/24",
  benchmarking_ip4: "198.18.0.0/15",
  ietf_protocol_assignment_ip4: "192.0.0.0/24",
  relay_6to4: "192.88.99.0/24",
  future_use: "240.0.0.0/4",
};

const NAMED = Object.entries(RESERVED).map(
  ([name, prefix]) => [name, ipaddr.parseCIDR(prefix)] as const,
);

/** Telling names where the library has the number of an RFC (6052 and 6145). */
const RENAMED: Readonly<Record<string, string>> = { rfc6052: "nat64", rfc6145: "ipv4_translated" };

/**
 * The class of a special-purpose address, or null for global unicast.
 * The library knows every prefix of the IANA special-purpose registries that concerns us; what it takes for
 * unicast outside 2000::/3 is `not_global_unicast`. Text that is no address is `not_an_address`.
 */
export function addressClass(text: string): AddressClass | null {
  if (!ipaddr.isValid(text)) return "not_an_address";
  const address = ipaddr.parse(text);
  const range: string = address.range();
  if (range === "reserved") {
    return NAMED.find(([, network]) => inside(address, network))?.[0] ?? "reserved";
  }
  if (range !== "unicast") return RENAMED[range] ?? snakeCase(range);
  if (address.kind() === "ipv6" && !inside(address, GLOBAL_UNICAST)) return "not_global_unicast";
  return null;
}

/** Judges addresses: null when one may be connected to, else the class for which it is refused. */
export type AddressPolicy = (address: string) => AddressClass | null;

/**
 * The policy that lets global unicast and the allowed networks through, and nothing else.
 * IPv4-mapped addresses are refused always, whatever is allowed: what they embed is not what was checked.
 */
export function addressPolicy(allowed: readonly Network[]): AddressPolicy {
  return (text) => {
    const found = addressClass(text);
    if (found === null || found === "ipv4_mapped" || found === "not_an_address") return found;
    const address = ipaddr.parse(text);
    return allowed.some((network) => inside(address, network)) ? null : found;
  };
}

/** Whether an address lies in one prefix, written as text. */
export function inPrefix(address: string, prefix: string): boolean {
  return ipaddr.isValid(address) && inside(ipaddr.parse(address), ipaddr.parseCIDR(prefix));
}

function inside(address: ipaddr.IPv4 | ipaddr.IPv6, [network, bits]: Network): boolean {
  if (address instanceof ipaddr.IPv4) {
    return network instanceof ipaddr.IPv4 && address.match(network, bits);
  }
  return network instanceof ipaddr.IPv6 && address.match(network, bits);
}

function snakeCase(range: string): string {
  return range.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
