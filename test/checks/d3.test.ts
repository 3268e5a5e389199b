import type { ServerAddressSight } from "../../src/domain/audit/zone.ts";
import { describeCheck } from "./support/describe-check.ts";
import { entry, zoneOf } from "./support/parts.ts";
import { type Draft, nameServer } from "./support/portal.ts";

type Observation = Parameters<typeof zoneOf>[0];
const TIMEOUT = {
  outcome: "timeout",
  rcode: null,
  authoritative: false,
  holdsZone: false,
  failedTries: 3,
} as const;

/** Changes what each of some name servers does at its IPv6 address. */
const servers = (
  indexes: readonly number[],
  change: (address: Draft<ServerAddressSight>) => void,
) => {
  return (o: Observation) => {
    for (const index of indexes) {
      for (const address of zoneOf(o).servers[index]?.ip6 ?? []) change(address);
    }
  };
};
const silent = (address: Draft<ServerAddressSight>) => {
  Object.assign(address, { udp: TIMEOUT, tcp: TIMEOUT });
};
const lame = (address: Draft<ServerAddressSight>) => {
  Object.assign(address.udp, { authoritative: false, holdsZone: false });
};

const REFUSES = { ...TIMEOUT, outcome: "answered", rcode: "REFUSED" } as const;
/** What each name server answers over IPv4. */
const over4 = (o: Observation, answer: () => ServerAddressSight["udp"]) => {
  for (const { ip4 } of zoneOf(o).servers) for (const address of ip4 ?? []) address.udp = answer();
};

describeCheck("D3", [
  { when: "both name servers answer over IPv6", gives: ["pass", "two_or_more"] },
  {
    when: "a third is silent while two answer",
    change: (o) => {
      zoneOf(o).servers.push(nameServer("ns3.example.gov.vn", "2001:db8:53::3"));
      servers([2], silent)(o);
    },
    gives: ["pass", "two_or_more"],
  },
  {
    when: "one of two is silent",
    change: servers([0], silent),
    gives: ["warn", "only_one"],
    causes: ["name_server ns1.example.gov.vn"],
  },
  {
    when: "the zone has one name server only",
    change: (o) => void zoneOf(o).servers.pop(),
    gives: ["warn", "only_one"],
    causes: ["zone example.gov.vn"],
  },
  {
    when: "they answer by UDP only",
    change: servers([0, 1], (address) => void (address.tcp = TIMEOUT)),
    gives: ["warn", "udp_only"],
  },
  { when: "they are lame", change: servers([0, 1], lame), gives: ["warn", "lame"] },
  {
    when: "none has a usable AAAA",
    change: (o) => {
      for (const server of zoneOf(o).servers) server.ip6 = [];
    },
    gives: ["fail", "no_aaaa"],
    causes: ["name_server ns1.example.gov.vn", "name_server ns2.example.gov.vn"],
  },
  {
    when: "none answers",
    change: servers([0, 1], silent),
    gives: ["fail", "none_answers"],
  },
  {
    when: "none answers over either family, as where they limit our rate",
    change: (o) => {
      servers([0, 1], silent)(o);
      over4(o, () => TIMEOUT);
    },
    gives: ["unknown", "rate_limited"],
  },
  {
    when: "all refuse us over either family",
    change: (o) => {
      servers([0, 1], (address) => void Object.assign(address, { udp: REFUSES, tcp: REFUSES }))(o);
      over4(o, () => REFUSES);
    },
    gives: ["unknown", "rate_limited"],
  },
  {
    when: "none answers over IPv6 and IPv4 could not be tried",
    change: (o) => {
      servers([0, 1], silent)(o);
      over4(o, () => ({ unseen: "vantage_no_ipv4" }));
    },
    gives: ["unknown", "vantage_no_ipv4"],
  },
  {
    when: "they are lame over either family",
    change: (o) => {
      servers([0, 1], lame)(o);
      over4(o, () => ({ ...REFUSES, rcode: "NOERROR" }));
    },
    gives: ["warn", "lame"],
  },
  {
    when: "one answers and the AAAA of the other is not known",
    change: (o) => {
      const [, second] = zoneOf(o).servers;
      if (second) second.ip6 = null;
    },
    gives: ["unknown", "resolver_failed"],
  },
  {
    when: "one is silent and the other could not be asked by TCP",
    change: (o) => {
      servers([0], silent)(o);
      servers([1], (address) => void (address.tcp = { unseen: "deadline" }))(o);
    },
    gives: ["warn", "only_one"],
  },
  {
    when: "one answers and there are more than were looked at",
    change: (o) => {
      servers([0], silent)(o);
      zoneOf(o).beyond = 4;
    },
    gives: ["unknown", "limit"],
  },
  {
    when: "this place lost IPv6 on the way",
    change: (o) => {
      servers([0, 1], silent)(o);
      o.facts.gate.after = { ...o.facts.gate.after, families: { ip4: true, ip6: false } };
    },
    gives: ["unknown", "vantage_no_ipv6"],
  },
  {
    when: "the zone was not seen",
    change: (o) => void (o.facts.zone = { unseen: "deadline" }),
    gives: ["unknown", "deadline"],
  },
  {
    when: "the portal is registered by an address",
    change: (o) => void (entry(o).host = "2001:db8:10::1"),
    gives: ["not_applicable", "literal_address"],
  },
]);
