import ipaddr from "ipaddr.js";

/** The name that has only IPv4 addresses, so that an AAAA record of it is invented (RFC 7050 section 8.2). */
export const IPV4_ONLY_NAME = "ipv4only.arpa";

/** Its two addresses, 192.0.0.170 and 192.0.0.171, as octets. */
const WELL_KNOWN = [
  [192, 0, 0, 170],
  [192, 0, 0, 171],
];

/** Where an embedded IPv4 address stands for each prefix length; octet 8 stays free (RFC 6052 section 2.2). */
const POSITIONS: readonly (readonly [bits: number, octets: readonly number[]])[] = [
  [96, [12, 13, 14, 15]],
  [64, [9, 10, 11, 12]],
  [56, [7, 9, 10, 11]],
  [48, [6, 7, 9, 10]],
  [40, [5, 6, 7, 9]],
  [32, [4, 5, 6, 7]],
];

/**
 * The prefix in which a resolver invents AAAA records, learned from its AAAA records of `ipv4only.arpa`
 * (RFC 7050 section 3), or null if it invents none.
 */
export function dns64Prefix(addresses: readonly string[]): string | null {
  for (const text of addresses) {
    if (!ipaddr.IPv6.isValid(text)) continue;
    const address = ipaddr.IPv6.parse(text);
    const octets = address.toByteArray();
    for (const [bits, positions] of POSITIONS) {
      const embedded = positions.map((position) => octets[position]);
      if (WELL_KNOWN.some((known) => known.every((octet, index) => octet === embedded[index]))) {
        const network = ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/${bits}`);
        return `${network.toString()}/${bits}`;
      }
    }
  }
  return null;
}
