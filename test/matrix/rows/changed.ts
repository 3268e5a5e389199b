import type { ChangedScene } from "../scenarios/changed.ts";
import type { Row, Rows } from "../support/row.ts";

const over6 = (fact: object) => ({ addresses: [{ address: "::1", ...fact }] });

type Special = Extract<Row, readonly ["D2", ...unknown[]]>[3];

/** An AAAA record of a special-purpose class, by the registry's name for it. */
const special = (reason: Special, address: string, name: string): Row[] => [
  ["D2", null, "fail", reason, { addresses: [{ address, special: name, usable: false }] }],
];

const hop = (fault: string, host: string) => ({ hosts: [{ host, is: "broken", fault }] });

/** What one audit of each changed portal must find. */
export const CHANGED_ROWS: Rows<ChangedScene> = {
  "aaaa-unspecified": special("special_unspecified", "::", "unspecified"),
  "aaaa-link-local": special("special_link_local", "fe80::1", "link_local"),
  "aaaa-site-local": special("special_site_local", "fec0::1", "deprecated_site_local"),
  "aaaa-unique-local": special("special_unique_local", "fd12:3456::1", "unique_local"),
  "aaaa-multicast": special("special_multicast", "ff02::1", "multicast"),
  "aaaa-translated": special("special_ipv4_translated", "::ffff:0:7f00:1", "ipv4_translated"),
  "aaaa-local-nat64": special("special_nat64", "64:ff9b:1::1", "nat64"),
  "aaaa-nat64": special("special_nat64", "64:ff9b::7f00:1", "nat64"),
  "aaaa-discard": special("special_discard", "100::1", "discard"),
  "aaaa-teredo": special("special_teredo", "2001::1", "teredo"),
  "aaaa-6to4": special("special_6to4", "2002:c000:204::1", "6to4"),
  "aaaa-benchmarking": special("special_benchmarking", "2001:2::1", "benchmarking"),
  "aaaa-as112": special("special_protocol", "2620:4f:8000::1", "as112v6"),
  "aaaa-segment-routing": special("special_segment_routing", "5f00::1", "segment_routing"),
  "aaaa-outside": special("special_not_global_unicast", "4000::1", "not_global_unicast"),
  "aaaa-new-documentation": special("special_documentation", "3fff::1", "documentation_3fff"),
  "one-aaaa-of-two-special": [
    [
      "D2",
      null,
      "fail",
      "special_documentation",
      { addresses: [{ address: "2001:db8::1" }, { address: "::1", usable: true }] },
    ],
    // What the other address does is judged all the same.
    ["W1", "ip6", "pass", "all_open", over6({ outcome: "open" })],
  ],
  "certificate-old-on-ip4": [["W4", null, "warn", "worse_over_ip4"]],
  "answers-over-ip4-only": [
    [
      "W5",
      "ip6",
      "fail",
      "no_answer",
      { ...over6({ code: "http_closed" }), other_family: "works", failed_tries: 3 },
    ],
  ],
  "forbidden-over-ip6": [["W5", "ip6", "fail", "http_error", over6({ status: 403 })]],
  "error-without-ip4": [
    ["W5", "ip6", "warn", "http_error_uncompared", { other_family: "uncompared" }],
  ],
  "silence-without-ip4": [
    ["W5", "ip6", "warn", "no_answer_uncompared", { other_family: "uncompared" }],
  ],
  "hop-special": [
    ["W6", null, "fail", "hop_special_address", hop("special_address", "inside.lab.test")],
  ],
  "hop-refuses": [
    ["W6", null, "fail", "hop_unreachable", hop("unreachable", "ipv6-refused.lab.test")],
  ],
  "hop-without-tls": [["W6", null, "fail", "hop_tls", hop("tls", "tls-silent-ipv6.lab.test")]],
  "hop-silent": [
    [
      "W6",
      null,
      "fail",
      "hop_failed",
      { chain: { outcome: "failed", code: "http_closed" }, hosts: [{ is: "works" }] },
    ],
  ],
  "hop-unresolvable": [
    ["W6", null, "unknown", "resolver_failed"],
    ["S2", null, "unknown", "resolver_failed"],
  ],
  "title-differs": [
    ["W7", null, "warn", "title_differs", { similarity: 1, baseline: 1, same_title: false }],
  ],
  "third-party-missing-own-unsure": [
    [
      "W8",
      null,
      "warn",
      "third_party_missing_own_unsure",
      {
        not_working: [
          { own: true, ip6: "unknown" },
          { own: false, ip6: "no_address" },
        ],
      },
    ],
  ],
  "own-host-unsure": [["W8", null, "unknown", "resolver_failed"]],
  "first-hop-plain": [
    ["H2", "ip4", "fail", "first_hop_not_https"],
    ["H2", "ip6", "fail", "first_hop_not_https", over6({ status: 301 })],
  ],
  "plain-silent": [["H2", "ip6", "warn", "http_no_answer", over6({ status: null })]],
  "port-80-closed-over-ip4": [
    ["W1", "ip4", "warn", "port_80_differs", { port_80: [{ outcome: "refused" }] }],
    ["H2", "ip4", "pass", "port_80_closed"],
  ],
  "hsts-off": [["H3", "ip6", "warn", "switched_off", over6({ fields: ["max-age=0"] })]],
  "wall-without-hsts": [["H3", "ip6", "unknown", "waf_suspected", over6({ status: 403 })]],
  "security-txt-expired": [
    ["S2", null, "warn", "expired", { outcome: "present", expires: "2020-01-01T00:00:00.000Z" }],
  ],
  "security-txt-invalid": [["S2", null, "warn", "invalid", { outcome: "invalid" }]],
  "late-over-ip6": [["P1", null, "warn", "slower_over_ip6", { slower: ["ttfb", "total"] }]],
  "late-over-ip4": [["P1", null, "pass", "not_slower", { slower: [] }]],
};
