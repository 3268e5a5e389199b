import * as fc from "fast-check";
import { expect, test } from "vitest";
import { addressClass } from "../../src/probes/address-policy.ts";
import { describeCheck, findingOf } from "./support/describe-check.ts";
import { entry, withoutFamily } from "./support/parts.ts";
import { portal } from "./support/portal.ts";

/** An address of every class that reference b.2 names, with the reason that must speak of it. */
const SPECIAL = {
  "::": "special_unspecified",
  "::1": "special_loopback",
  "fe80::1": "special_link_local",
  "fec0::1": "special_site_local",
  "fd00::1": "special_unique_local",
  "ff0e::1": "special_multicast",
  "::ffff:203.0.113.1": "special_ipv4_mapped",
  "::ffff:0:203.0.113.1": "special_ipv4_translated",
  "64:ff9b::cb00:7101": "special_nat64",
  "64:ff9b:1::1": "special_nat64",
  "100::1": "special_discard",
  "2001::1": "special_teredo",
  "2002:cb00:7101::1": "special_6to4",
  "2001:db8::1": "special_documentation",
  "3fff::1": "special_documentation",
  "2001:2::1": "special_benchmarking",
  "2001:3::1": "special_protocol",
  "2001:4:112::1": "special_protocol",
  "2001:10::1": "special_protocol",
  "2001:20::1": "special_protocol",
  "2001:30::1": "special_protocol",
  "2001:1::1": "special_protocol",
  "2620:4f:8000::1": "special_protocol",
  "5f00::1": "special_segment_routing",
  "4000::1": "special_not_global_unicast",
} as const;

const withSpecial = (text: string, special: string | null, usable: boolean) => {
  return (o: Parameters<typeof withoutFamily>[0]) => {
    entry(o).name.answers.ip6.addresses[0] = { address: text, special, usable };
  };
};

describeCheck("D2", [
  { when: "every address is global unicast", gives: ["pass", "all_global"] },
  {
    when: "a special-purpose address is allowed by the configuration",
    change: withSpecial("fd53::1", "unique_local", true),
    gives: ["pass", "allowed_here"],
  },
  ...Object.entries(SPECIAL).map(([text, reason]) => ({
    when: `one of the addresses is ${text}`,
    change: withSpecial(text, addressClass(text), false),
    gives: ["fail", reason] as const,
    causes: ["host portal.example.gov.vn"],
  })),
  {
    when: "an address is of a class that is new to this catalogue",
    change: withSpecial("2001:db8::1", "something_new", false),
    gives: ["fail", "special_other"],
  },
  {
    when: "there are more addresses than were kept",
    change: (o) => void (entry(o).name.answers.ip6.beyond = 3),
    gives: ["unknown", "limit"],
  },
  {
    when: "there is no AAAA",
    change: (o) => withoutFamily(o, "ip6"),
    gives: ["not_applicable", "no_ip6_address"],
  },
  {
    when: "the resolver did not answer",
    change: (o) => void (entry(o).name.answers.ip6.outcome = "timeout"),
    gives: ["unknown", "resolver_failed"],
  },
]);

test("D2 gives a reason of its own for every IPv6 address that the policy refuses", () => {
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      const special = addressClass(text);
      fc.pre(special !== null);
      const finding = findingOf(portal(withSpecial(text, special, false)), "D2");
      expect(finding.verdict).toBe("fail");
      expect(finding.reason).not.toBe("special_other");
    }),
  );
});
