import * as fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, test } from "vitest";
import { inPrefix } from "../../src/probes/address-policy.ts";
import { dns64Prefix } from "../../src/probes/dns64.ts";

/** The examples of RFC 6052 section 2.4, with the well-known addresses of RFC 7050 embedded. */
const EXAMPLES = [
  ["2001:db8:c000:aa::", "2001:db8::/32"],
  ["2001:db8:1c0:0:aa::", "2001:db8:100::/40"],
  ["2001:db8:122:c000:0:aa00::", "2001:db8:122::/48"],
  ["2001:db8:122:3c0:0:aa::", "2001:db8:122:300::/56"],
  ["2001:db8:122:344:c0:0:aa00::", "2001:db8:122:344::/64"],
  ["2001:db8:122:344::192.0.0.170", "2001:db8:122:344::/96"],
  ["64:ff9b::192.0.0.171", "64:ff9b::/96"],
] as const;

describe("dns64Prefix", () => {
  test.each(EXAMPLES)("%s gives away %s", (address, prefix) => {
    const found = dns64Prefix([address]);
    expect(found && ipaddr.parseCIDR(found)).toEqual(ipaddr.parseCIDR(prefix));
  });

  test("an answer that embeds neither well-known address gives away nothing", () => {
    expect(dns64Prefix([])).toBe(null);
    expect(dns64Prefix(["192.0.0.170", "2001:db8::1", "not an address"])).toBe(null);
  });

  test("the address that gave a prefix away lies inside it", () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const found = dns64Prefix([address]);
        expect(found === null || inPrefix(address, found)).toBe(true);
      }),
    );
  });
});
