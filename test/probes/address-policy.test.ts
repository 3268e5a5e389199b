import * as fc from "fast-check";
import ipaddr from "ipaddr.js";
import { describe, expect, test } from "vitest";
import { addressClass, addressPolicy, parseNetworks } from "../../src/probes/address-policy.ts";

/** IPv6 that no portal can be reached at: IANA special-purpose registry, and what lies outside 2000::/3. */
const SPECIAL_IP6 = {
  "::/128": "unspecified",
  "::1/128": "loopback",
  "fe80::/10": "link_local",
  "fec0::/10": "deprecated_site_local",
  "fc00::/7": "unique_local",
  "ff00::/8": "multicast",
  "::ffff:0:0/96": "ipv4_mapped",
  "64:ff9b::/96": "nat64",
  "64:ff9b:1::/48": "nat64",
  "100::/64": "discard",
  "2001::/32": "teredo",
  "2001:2::/48": "benchmarking",
  "2001:db8::/32": "documentation_2001_db8",
  "3fff::/20": "documentation_3fff",
  "2002::/16": "6to4",
  "5f00::/16": "segment_routing",
  "2001:100::/24": "ietf_protocol_assignment",
  "2001:3::/32": "amt",
  "2001:20::/28": "orchid2",
  "2001:30::/28": "drone_remote_id_protocol_entity_tags",
  "2001:1::1/128": "ietf_protocol_assignment",
  "2001:4:112::/48": "as112v6",
  "2001:10::/28": "deprecated_orchid",
  "2001:1ff::/32": "ietf_protocol_assignment",
  "2620:4f:8000::/48": "as112v6",
  "4000::/3": "not_global_unicast",
  "::1:0:0:0/80": "not_global_unicast",
};

/** IPv4: the special-purpose registry, multicast, and the anycast blocks that no portal lives in. */
const SPECIAL_IP4 = {
  "0.0.0.0/8": "unspecified",
  "10.0.0.0/8": "private",
  "100.64.0.0/10": "carrier_grade_nat",
  "127.0.0.0/8": "loopback",
  "169.254.0.0/16": "link_local",
  "172.16.0.0/12": "private",
  "192.0.0.0/24": "ietf_protocol_assignment_ip4",
  "192.0.2.0/24": "documentation_test_net_1",
  "192.31.196.0/24": "as112",
  "192.52.193.0/24": "amt",
  "192.88.99.0/24": "relay_6to4",
  "192.168.0.0/16": "private",
  "192.175.48.0/24": "as112",
  "198.18.0.0/15": "benchmarking_ip4",
  "198.51.100.0/24": "documentation_test_net_2",
  "203.0.113.0/24": "documentation_test_net_3",
  "224.0.0.0/4": "multicast",
  "240.0.0.0/4": "future_use",
};

const SPECIAL = Object.entries({ ...SPECIAL_IP6, ...SPECIAL_IP4 });

/** Any address inside a prefix: its network bits, then whatever is drawn. */
function within(prefix: string): fc.Arbitrary<string> {
  const [network, bits] = ipaddr.parseCIDR(prefix);
  const fixed = network.toByteArray();
  return fc.uint8Array({ minLength: fixed.length, maxLength: fixed.length }).map((drawn) => {
    const bytes = fixed.map((byte, index) => {
      const own = Math.max(0, Math.min(8, bits - index * 8));
      const mask = own === 0 ? 0 : (0xff << (8 - own)) & 0xff;
      return (byte & mask) | ((drawn[index] ?? 0) & ~mask & 0xff);
    });
    return ipaddr.fromByteArray(bytes).toString();
  });
}

const none = addressPolicy([]);

function allowing(text: string) {
  const parsed = parseNetworks(text);
  if ("wrong" in parsed) throw new Error(`not a network: ${parsed.wrong}`);
  return addressPolicy(parsed.networks);
}

describe("special-purpose addresses", () => {
  test.each(SPECIAL)("every address of %s is refused", (prefix, name) => {
    fc.assert(
      fc.property(within(prefix), (address) => {
        expect(none(address)).not.toBe(null);
      }),
    );
    expect(addressClass(prefix.split("/")[0] ?? "")).toBe(name);
  });

  test.each(SPECIAL.filter(([, name]) => name !== "ipv4_mapped"))(
    "every address of %s is let through where it is allowed",
    (prefix) => {
      const policy = allowing(prefix);
      fc.assert(
        fc.property(within(prefix), (address) => {
          expect(policy(address)).toBe(null);
        }),
      );
    },
  );

  test("IPv4-mapped addresses are refused whatever is allowed and whatever they embed", () => {
    const everything = allowing("0.0.0.0/0,::/0,::ffff:0:0/96");
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(everything(`::ffff:${address}`)).toBe("ipv4_mapped");
      }),
    );
  });

  test("global unicast is let through", () => {
    for (const address of [
      "1.1.1.1",
      "203.162.0.1",
      "2001:ee0::1",
      "2405:4800::1",
      "2620:fe::fe",
    ]) {
      expect(none(address)).toBe(null);
    }
  });

  test("an IPv6 address is let through only inside 2000::/3", () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const first = ipaddr.parse(address).toByteArray()[0] ?? 0;
        expect(none(address) !== null || (first & 0xe0) === 0x20).toBe(true);
      }),
    );
  });

  test("allowing a network of one family changes nothing for the other", () => {
    const policy = allowing("0.0.0.0/0");
    expect(policy("10.1.2.3")).toBe(null);
    expect(policy("fd00::1")).toBe("unique_local");
  });

  test("text that is no address is refused", () => {
    for (const text of ["", "portal.example", "1.2.3.4.5", ":::", "[::1]"]) {
      expect(allowing("0.0.0.0/0,::/0")(text)).toBe("not_an_address");
    }
  });
});

describe("parseNetworks", () => {
  test("reads prefixes of both families and passes over empty parts", () => {
    expect(parseNetworks("127.0.0.0/8, fd53::/16,,")).toHaveProperty("networks.length", 2);
    expect(parseNetworks("")).toEqual({ networks: [] });
  });

  test("names the first part that is no prefix", () => {
    expect(parseNetworks("127.0.0.0/8,127.0.0.1")).toEqual({ wrong: "127.0.0.1" });
    expect(parseNetworks("fd00::/129")).toEqual({ wrong: "fd00::/129" });
  });

  test("never throws", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(Object.keys(parseNetworks(text))).toHaveLength(1);
      }),
    );
  });
});
