import type { Row, Rows } from "../support/row.ts";

/** What TLS or a web server at the only address over one family came to. */
const at = (fact: object) => ({ addresses: [fact] });
const over6 = (fact: object) => at({ address: "::1", ...fact });

/** Everything that needs addresses says only that there are none. */
const noAddress = (family: "ip4" | "ip6"): Row[] => {
  const reason = family === "ip4" ? "no_ip4_address" : "no_ip6_address";
  return [
    ...(["W1", "W2", "W3", "W5", "H1", "H2", "H3", "H4"] as const).map((check): Row => [
      check,
      family,
      "not_applicable",
      reason,
    ]),
    ["W4", null, "not_applicable", reason],
    ["W7", null, "not_applicable", reason],
    ["P1", null, "not_applicable", reason],
    ["H5", null, "not_applicable", "nothing_to_compare"],
  ];
};

/** A name that a resolver fails to look up accuses nobody of anything. */
const UNRESOLVED: Row[] = [
  ["D1", null, "unknown", "resolver_failed", { outcome: "servfail", addresses: [] }],
  ["D2", null, "unknown", "resolver_failed"],
  ["D4", null, "unknown", "unsure"],
  ["D6", null, "unknown", "not_reached"],
  ...(["W1", "W2", "W3", "W5", "H1", "H2", "H3", "H4"] as const).map((check): Row => [
    check,
    "ip6",
    "unknown",
    "resolver_failed",
  ]),
  ["W4", null, "unknown", "resolver_failed"],
  ["W6", null, "unknown", "resolver_failed"],
  ["W7", null, "unknown", "resolver_failed"],
  ["W8", null, "unknown", "resolver_failed"],
  ["H5", null, "unknown", "not_reached"],
  ["P1", null, "unknown", "resolver_failed"],
  ["S1", null, "unknown", "resolver_failed"],
];

/** What one audit of each lab portal whose name, zone, ports or handshake is at fault must find; first of all nothing. */
export const NAME_AND_PORT_ROWS = {
  healthy: [
    ["D1", null, "pass", "aaaa", { outcome: "addresses", addresses: ["::1"], chain: [] }],
    ["D2", null, "pass", "allowed_here", at({ address: "::1", usable: true })],
    [
      "D3",
      null,
      "pass",
      "two_or_more",
      {
        zone: "lab.test",
        servers: ["ns.lab.test", "ns2.lab.test"].map((name) => ({
          name,
          service: "full",
          addresses: [{ address: "::1", udp: "NOERROR AA SOA", tcp: "NOERROR AA SOA" }],
        })),
      },
    ],
    ["D4", null, "pass", "reached", { outcome: "reached", addresses: ["::1"], blocked_at: null }],
    ["D5", null, "pass", "signed", { zone: "lab.test", rcodes: { checking: "NOERROR" } }],
    ["D6", null, "pass", "same", { servers: ["ns.lab.test", "ns2.lab.test"] }],
    ["W1", "ip4", "pass", "all_open", at({ outcome: "open" })],
    ["W1", "ip6", "pass", "all_open", over6({ outcome: "open" })],
    ["W2", "ip4", "pass", "completed", at({ outcome: "completed", protocol: "TLSv1.3" })],
    ["W2", "ip6", "pass", "completed", over6({ outcome: "completed", protocol: "TLSv1.3" })],
    ["W3", "ip4", "pass", "valid", at({ faults: [], code: null, chain_length: 2 })],
    ["W3", "ip6", "pass", "valid", over6({ faults: [], code: null, chain_length: 2 })],
    ["W4", null, "pass", "same"],
    ["W5", "ip4", "pass", "answers", { ...at({ status: 200 }), other_family: "works" }],
    ["W5", "ip6", "pass", "answers", { ...over6({ status: 200 }), other_family: "works" }],
    ["W6", null, "pass", "no_other_host", { chain: { outcome: "arrived" }, hosts: [] }],
    ["W7", null, "pass", "alike", { same_title: true, same_final_url: true }],
    ["W8", null, "pass", "no_resources", { hosts: 0 }],
    ["W9", null, "not_applicable", "no_variants", { variants: [] }],
    ["H1", "ip4", "pass", "valid"],
    ["H1", "ip6", "pass", "valid", { addresses: ["::1"] }],
    ["H2", "ip6", "pass", "redirects", over6({ reason: "redirects", status: 301 })],
    ["H3", "ip6", "pass", "hsts", over6({ fields: ["max-age=31536000"] })],
    [
      "H4",
      "ip6",
      "pass",
      "modern_only",
      over6({
        TLSv1: "refused",
        "TLSv1.1": "refused",
        "TLSv1.2": "accepted",
        "TLSv1.3": "accepted",
      }),
    ],
    ["H5", null, "pass", "same"],
    // Whether the mail server or the way out of this machine is closed cannot be told from one port.
    ["M1", null, "unknown", "port_25_unclear", { domain: "lab.test", port: 25 }],
    ["S1", null, "warn", "headers_missing", { mixed_count: 0 }],
    ["S2", null, "warn", "absent", { outcome: "absent" }],
  ],
  "ipv4-only": [
    [
      "D1",
      null,
      "fail",
      "no_data",
      { outcome: "no_data", attempts: [{ outcome: "no_data" }, { outcome: "no_data" }] },
    ],
    ["D2", null, "not_applicable", "no_ip6_address"],
    ["D4", null, "pass", "reached", { addresses: [] }],
    ["W6", null, "not_applicable", "no_ip6_address"],
    ...noAddress("ip6"),
  ],
  "ipv6-only": noAddress("ip4"),
  "dns-nxdomain": [
    ["D1", null, "fail", "nxdomain", { outcome: "nxdomain", ip4: "nxdomain" }],
    ["D3", null, "unknown", "not_reached"],
    ["D5", null, "unknown", "not_reached"],
  ],
  "cname-loop": [
    [
      "D1",
      null,
      "fail",
      "cname_loop",
      { outcome: "cname_loop", chain: ["again.cname-loop.lab.test"] },
    ],
    // No delegation is at fault.
    ["D4", null, "pass", "reached", { addresses: [], blocked_at: null }],
  ],
  "dns-servfail": UNRESOLVED,
  "dns-malformed": [
    ["D1", null, "unknown", "resolver_failed", { outcome: "malformed" }],
    ["D4", null, "unknown", "unsure"],
  ],
  "dns-timeout": [
    ["D3", null, "unknown", "deadline"],
    ["D4", null, "unknown", "deadline"],
  ],
  "aaaa-servfail": [
    ["D1", null, "unknown", "resolver_failed", { outcome: "servfail", ip4: "addresses" }],
    ["D4", null, "unknown", "rate_limited"],
    ["W1", "ip4", "pass", "all_open"],
  ],
  "aaaa-documentation": [
    [
      "D2",
      null,
      "fail",
      "special_documentation",
      at({ address: "2001:db8::80", special: "documentation_2001_db8" }),
    ],
    ["W1", "ip6", "not_applicable", "no_ip6_address", { left_out: ["2001:db8::80"] }],
  ],
  "aaaa-mapped": [["D2", null, "fail", "special_ipv4_mapped", at({ address: "::ffff:7f01:a" })]],
  "ipv6-refused": [
    [
      "W1",
      "ip6",
      "fail",
      "only_port_80",
      { ...over6({ outcome: "refused", code: "ECONNREFUSED" }), failed_tries: 3 },
    ],
    ["W2", "ip6", "not_applicable", "port_443_closed"],
    ["W3", "ip6", "not_applicable", "port_443_closed"],
    ["W4", null, "not_applicable", "no_handshake"],
    ["W5", "ip6", "not_applicable", "port_443_closed"],
    ["W6", null, "unknown", "not_reached"],
    ["W7", null, "unknown", "not_reached"],
    ["H1", "ip6", "fail", "port_443_closed", { addresses: [], failed_tries: 3 }],
    ["H2", "ip6", "not_applicable", "port_443_closed"],
    ["H3", "ip6", "not_applicable", "port_443_closed"],
    ["H4", "ip6", "not_applicable", "port_443_closed"],
    ["H5", null, "warn", "differs", { differ: ["H1"] }],
    ["P1", null, "unknown", "not_measured"],
  ],
  "ipv6-dead": [
    ["W1", "ip6", "fail", "only_port_80", { ...over6({ outcome: "timeout" }), failed_tries: 3 }],
  ],
  "partial-addresses": [["W1", "ip4", "warn", "some_closed", { failed_tries: 3 }]],
  down: [
    ["W1", "ip4", "fail", "only_port_80"],
    ["S1", null, "unknown", "not_reached"],
    ["S2", null, "unknown", "not_reached"],
  ],
  inside: [["S1", null, "unknown", "refused_here"]],
  "tls-silent-ipv6": [
    ["W2", "ip4", "pass", "completed"],
    [
      "W2",
      "ip6",
      "fail",
      "tls_timeout_after_tcp",
      { ...over6({ outcome: "timeout" }), suspected: "path_mtu", failed_tries: 3 },
    ],
    ["W3", "ip6", "not_applicable", "no_handshake"],
    ["W5", "ip6", "not_applicable", "no_handshake"],
    ["H1", "ip6", "fail", "tls_fails", { at: ["::1"], failed_tries: 3 }],
    ["H3", "ip6", "not_applicable", "no_answer"],
    ["H4", "ip6", "not_applicable", "no_handshake"],
  ],
  "tls-garbage": [
    [
      "W2",
      "ip6",
      "fail",
      "tls_error",
      over6({ outcome: "error", code: "ERR_SSL_WRONG_VERSION_NUMBER" }),
    ],
  ],
  "tls-reset": [
    ["W2", "ip6", "fail", "tls_reset", over6({ outcome: "reset", code: "ECONNRESET" })],
  ],
  "tls-old-only": [
    [
      "W2",
      "ip6",
      "fail",
      "tls_alert",
      over6({ outcome: "alert", code: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" }),
    ],
    [
      "H4",
      "ip6",
      "fail",
      "only_old",
      over6({
        TLSv1: "accepted",
        "TLSv1.1": "accepted",
        "TLSv1.2": "refused",
        "TLSv1.3": "refused",
      }),
    ],
  ],
  "tls-old-too-ipv6": [
    ["H4", "ip4", "pass", "modern_only"],
    [
      "H4",
      "ip6",
      "warn",
      "old_accepted",
      over6({ TLSv1: "accepted", "TLSv1.1": "accepted", "TLSv1.2": "accepted" }),
    ],
    ["H5", null, "warn", "differs", { differ: ["H4"] }],
  ],
} as const satisfies Rows;
