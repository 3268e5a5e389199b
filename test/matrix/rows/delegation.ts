import type { Row, Rows } from "../support/row.ts";

const ZONE = "hn.test";

/** The walk ends at this cut. */
const blocked = (zone: string, fault: string) => ({
  outcome: "blocked",
  addresses: [],
  blocked_at: { zone, fault },
});

const glue = (state: string) => ({
  outcome: "reached",
  path: [
    { zone: "test", crossed: true, glue: "consistent" },
    { zone: ZONE, crossed: true, glue: state },
  ],
});

/** What both name servers come to over IPv6. */
const both = (service: string, udp: string, tcp: string) => ({
  servers: ["ns1.hn.test", "ns2.hn.test"].map((name) => ({
    name,
    service,
    addresses: [{ udp, tcp }],
  })),
});

const GOOD = "NOERROR AA SOA";
const NOTHING_TO_COMPARE: Row = ["D6", null, "not_applicable", "nothing_to_compare"];

/** What one audit of a portal in each hierarchy must find. */
export const DELEGATION_ROWS = {
  whole: [
    ["D3", null, "pass", "two_or_more", both("full", GOOD, GOOD)],
    ["D4", null, "pass", "reached", { ...glue("consistent"), addresses: ["fd53::80"] }],
    ["D6", null, "pass", "same", { servers: ["ns1.hn.test", "ns2.hn.test"] }],
  ],
  truncating: [["D3", null, "pass", "two_or_more"]],
  "out-of-zone": [["D4", null, "pass", "reached", glue("not_needed")]],
  "no-glue": [
    ["D4", null, "fail", "required_glue_missing", blocked(ZONE, "glue_missing")],
    ["D3", null, "pass", "two_or_more"],
  ],
  "one-ns-without-aaaa": [
    [
      "D3",
      null,
      "warn",
      "only_one",
      { servers: [{ name: "ns1.hn.test" }, { name: "ns2.hn.test", service: "bare" }] },
    ],
    ["D4", null, "pass", "reached"],
  ],
  "ns-without-aaaa": [
    [
      "D3",
      null,
      "fail",
      "no_aaaa",
      { servers: [{ service: "bare", addresses: [] }, { service: "bare" }] },
    ],
    ["D4", null, "fail", "ns_without_aaaa", blocked(ZONE, "ns_without_aaaa")],
    NOTHING_TO_COMPARE,
  ],
  "top-without-aaaa": [
    ["D3", null, "pass", "two_or_more"],
    ["D4", null, "fail", "ns_without_aaaa", blocked("test", "ns_without_aaaa")],
  ],
  "out-of-zone-ip4": [
    ["D4", null, "fail", "out_of_zone_ns", blocked(ZONE, "out_of_zone_ns_unresolvable")],
  ],
  lame: [
    ["D3", null, "warn", "lame", both("lame", "REFUSED", "REFUSED")],
    ["D4", null, "fail", "lame", blocked(ZONE, "lame")],
    NOTHING_TO_COMPARE,
  ],
  // Nobody resolves anything here, over whatever family: the cut is named, and no server accused.
  "lame-everywhere": [
    ["D1", null, "unknown", "resolver_failed"],
    ["D3", null, "unknown", "resolver_failed"],
    ["D4", null, "unknown", "unsure", blocked(ZONE, "lame")],
  ],
  "one-glue-missing": [["D4", null, "warn", "glue_missing", glue("missing")]],
  "glue-differs": [["D4", null, "warn", "glue_differs", glue("differs")]],
  loop: [["D4", null, "fail", "loop", blocked(ZONE, "loop")]],
  silent: [
    [
      "D3",
      null,
      "fail",
      "none_answers",
      { ...both("silent", "timeout", "timeout"), failed_tries: 3 },
    ],
    ["D4", null, "fail", "no_answer", blocked(ZONE, "no_answer")],
  ],
  "one-silent": [
    ["D3", null, "warn", "only_one", { servers: [{ service: "silent" }, { service: "full" }] }],
    ["D4", null, "pass", "reached"],
  ],
  // Servers that answer others and not us, over either family, are accused of nothing.
  mute: [
    ["D3", null, "unknown", "rate_limited"],
    ["D4", null, "unknown", "rate_limited"],
  ],
  refusing: [
    ["D3", null, "unknown", "rate_limited"],
    ["D4", null, "unknown", "rate_limited"],
  ],
  "udp-only": [
    [
      "D3",
      null,
      "warn",
      "udp_only",
      { ...both("udp", GOOD, "refused_connection"), failed_tries: 3 },
    ],
  ],
  "data-differs": [
    [
      "D6",
      null,
      "warn",
      "differs",
      {
        servers: [
          {
            name: "ns1.hn.test",
            ip4: "127.53.0.3",
            ip6: "fd53::3",
            ip4Records: ["A 127.53.0.80", "AAAA fd53::80"],
            ip6Records: ["A 127.53.0.80", "AAAA fd53::81"],
          },
        ],
      },
    ],
  ],
  "other-addresses-over-ip6": [
    ["D4", null, "warn", "addresses_differ", { outcome: "differs", addresses: ["fd53::81"] }],
  ],
  insecure: [["D5", null, "warn", "unsigned", { zone: ZONE, rcodes: { checking: "NOERROR" } }]],
  bogus: [
    [
      "D5",
      null,
      "fail",
      "bogus",
      { rcodes: { checking: "SERVFAIL", disabled: "NOERROR" }, extended_errors: [6] },
    ],
    ["D1", null, "unknown", "resolver_failed"],
  ],
  unproven: [["D5", null, "unknown", "resolver_does_not_validate"]],
  "global-address": [
    [
      "D2",
      null,
      "pass",
      "all_global",
      { addresses: [{ address: "2400:cb00::80", special: null }] },
    ],
    ["W1", "ip6", "fail", "none_open", { addresses: [{ outcome: "refused" }] }],
  ],
  "mail-everywhere": [
    [
      "M1",
      null,
      "pass",
      "all_accept",
      { servers: [{ reach: "accepts", addresses: ["fd53::25"] }] },
    ],
  ],
  "mail-somewhere": [
    [
      "M1",
      null,
      "warn",
      "some_accept",
      { servers: [{ reach: "accepts" }, { name: "mail2.hn.test", reach: "closed" }] },
    ],
  ],
  "hop-at-one-of-two": [
    [
      "W6",
      null,
      "warn",
      "hop_partly",
      { hosts: [{ host: "hop.hn.test", is: "partly", fault: "unreachable", at: ["fd53::82"] }] },
    ],
  ],
} as const satisfies Rows;
