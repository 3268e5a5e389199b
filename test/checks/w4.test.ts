import { FAMILIES, type Family } from "../../src/domain/family.ts";
import { describeCheck } from "./support/describe-check.ts";
import { one, visited, withoutFamily } from "./support/parts.ts";
import { tls } from "./support/portal.ts";

type Observation = Parameters<typeof one>[0];
const expire = (o: Observation, family: Family) => {
  one(o, family).tls = {
    ...tls(),
    chain: ["dd".repeat(32)],
    certificateFaults: ["tls_expired"],
  };
};

describeCheck("W4", [
  { when: "both families show the same leaf", gives: ["pass", "same"] },
  {
    when: "IPv6 shows another leaf, as valid",
    change: (o) => {
      for (const address of visited(o, "ip6")) address.tls = { ...tls(), chain: ["ee".repeat(32)] };
    },
    gives: ["pass", "differs_both_valid"],
  },
  {
    when: "both show an expired one",
    change: (o) => {
      for (const family of FAMILIES) expire(o, family);
    },
    gives: ["pass", "faulty_over_both"],
  },
  {
    when: "it was renewed on the IPv4 machine only",
    change: (o) => expire(o, "ip6"),
    gives: ["fail", "worse_over_ip6"],
    causes: ["host portal.example.gov.vn"],
  },
  {
    when: "it was renewed on the IPv6 machine only",
    change: (o) => expire(o, "ip4"),
    gives: ["warn", "worse_over_ip4"],
    causes: ["host portal.example.gov.vn"],
  },
  {
    when: "IPv6 shows an expired one and one IPv4 address was not seen",
    change: (o) => {
      expire(o, "ip6");
      one(o, "ip4").tls = { unseen: "deadline" };
    },
    gives: ["unknown", "deadline"],
  },
  {
    when: "TLS completes nowhere over IPv6",
    change: (o) => {
      for (const address of visited(o, "ip6")) {
        address.tls = { ...tls(), outcome: "reset", protocol: null, chain: [] };
      }
    },
    gives: ["not_applicable", "no_handshake"],
  },
  {
    when: "there is no IPv4 to compare with",
    change: (o) => withoutFamily(o, "ip4"),
    gives: ["not_applicable", "no_ip4_address"],
  },
  {
    when: "this place lost IPv4 on the way",
    change: (o) => {
      expire(o, "ip6");
      o.facts.gate.after = { ...o.facts.gate.after, families: { ip4: false, ip6: true } };
    },
    gives: ["unknown", "vantage_no_ipv4"],
  },
]);
