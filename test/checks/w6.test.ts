import type { HostSight } from "../../src/domain/audit/host.ts";
import { describeCheck } from "./support/describe-check.ts";
import { entry, removeFamily, withoutFamily } from "./support/parts.ts";
import {
  ADDRESSES,
  arrived,
  type Draft,
  host,
  LEAF,
  REFUSED,
  tls,
  URL_OF_PORTAL,
} from "./support/portal.ts";

type Observation = Parameters<typeof entry>[0];
const HOP = "cong.example.gov.vn";

/** The portal redirects to another host, which is changed as the test wants. */
const hop =
  (change: (host: Draft<HostSight>) => void = () => undefined) =>
  (o: Observation) => {
    const other = host(HOP, "hop") as Draft<HostSight>;
    change(other);
    o.facts.hosts.push(other);
    for (const family of ["ip4", "ip6"] as const) {
      o.facts.chains[family] = arrived(`https://${HOP}/`, ADDRESSES[family][0], [URL_OF_PORTAL]);
    }
  };
const over6 = (other: Draft<HostSight>) => other.addresses.filter(({ family }) => family === "ip6");
const ends = (outcome: "loop" | "limit" | "invalid") => (o: Observation) => {
  o.facts.chains.ip6 = { ...arrived(URL_OF_PORTAL, "2001:db8:10::1"), outcome };
};
const cause = [`host ${HOP}`];

describeCheck("W6", [
  { when: "the portal redirects nowhere", gives: ["pass", "no_other_host"] },
  { when: "it redirects to a host that works", change: hop(), gives: ["pass", "all_hosts_work"] },
  {
    when: "the other host has no AAAA",
    change: hop((other) => removeFamily(other, "ip6")),
    gives: ["fail", "hop_without_aaaa"],
    causes: cause,
  },
  {
    when: "the chain over IPv6 ends where there is no IPv6",
    change: (o) => {
      hop()(o);
      o.facts.chains.ip6 = {
        hops: [{ url: URL_OF_PORTAL, address: null, status: 302, leadsTo: `https://${HOP}/` }],
        outcome: "family_gap",
        kind: "redirect_family_gap",
        finalUrl: null,
      };
    },
    gives: ["fail", "hop_without_aaaa"],
    causes: cause,
  },
  {
    when: "the other host has an address of an inner network",
    change: hop((other) => {
      other.name.answers.ip6.addresses = [
        { address: "fd00::1", special: "unique_local", usable: false },
      ];
    }),
    gives: ["fail", "hop_special_address"],
    causes: cause,
  },
  {
    when: "the other host is closed over IPv6",
    change: hop((other) => {
      for (const address of over6(other)) address.https = REFUSED;
    }),
    gives: ["fail", "hop_unreachable"],
    causes: cause,
  },
  {
    when: "the other host opens only port 80, and the way leads there over TLS",
    change: hop((other) => {
      for (const address of over6(other)) address.https = REFUSED;
    }),
    gives: ["fail", "hop_unreachable"],
  },
  {
    when: "TLS fails at the other host",
    change: hop((other) => {
      for (const address of over6(other)) {
        address.tls = { ...tls(), outcome: "timeout", protocol: null };
      }
    }),
    gives: ["fail", "hop_tls"],
  },
  {
    when: "the other host's certificate has expired",
    change: hop((other) => {
      for (const address of over6(other)) {
        address.tls = { ...tls(), certificateFaults: ["tls_expired"] };
      }
    }),
    gives: ["fail", "hop_certificate"],
    causes: [`certificate ${LEAF}`],
  },
  {
    when: "the other host works at one of two addresses",
    change: hop((other) => {
      const [first] = over6(other);
      if (first) first.https = REFUSED;
    }),
    gives: ["warn", "hop_partly"],
  },
  {
    when: "the other host opens and does not answer",
    change: (o) => {
      hop()(o);
      o.facts.chains.ip6 = {
        ...arrived(`https://${HOP}/`, ADDRESSES.ip6[0], [URL_OF_PORTAL]),
        outcome: "failed",
        kind: "http_timeout",
        finalUrl: null,
      };
    },
    gives: ["fail", "hop_failed"],
    causes: cause,
  },
  {
    when: "the way ended at the other host, which is closed over IPv6",
    change: (o) => {
      hop((other) => {
        for (const address of over6(other)) address.https = REFUSED;
      })(o);
      o.facts.chains.ip6 = {
        ...arrived(`https://${HOP}/`, ADDRESSES.ip6[0], [URL_OF_PORTAL]),
        outcome: "failed",
        kind: "connect_refused",
        finalUrl: null,
      };
    },
    gives: ["fail", "hop_unreachable"],
    causes: cause,
  },
  { when: "it redirects in a circle", change: ends("loop"), gives: ["fail", "redirect_loop"] },
  { when: "it redirects without end", change: ends("limit"), gives: ["fail", "redirect_limit"] },
  { when: "it redirects to no URL", change: ends("invalid"), gives: ["fail", "redirect_invalid"] },
  {
    when: "the chain over IPv6 broke off for a reason of ours",
    change: (o) => {
      hop()(o);
      o.facts.chains.ip6 = {
        ...arrived(`https://${HOP}/`, ADDRESSES.ip6[0], [URL_OF_PORTAL]),
        outcome: "failed",
        kind: "dns_timeout",
      };
    },
    gives: ["unknown", "resolver_failed"],
  },
  {
    when: "nobody looked at the other host",
    change: (o) => {
      hop()(o);
      o.facts.hosts.pop();
    },
    gives: ["unknown", "limit"],
  },
  {
    when: "the chain was not followed",
    change: (o) => void (o.facts.chains.ip6 = { unseen: "deadline" }),
    gives: ["unknown", "deadline"],
  },
  {
    when: "the portal has no AAAA and redirects nowhere",
    change: (o) => withoutFamily(o, "ip6"),
    gives: ["not_applicable", "no_ip6_address"],
  },
]);
