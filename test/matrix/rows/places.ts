import type { Family } from "../../../src/domain/family.ts";
import type { Row, Rows } from "../support/row.ts";

const SIDES = ["W1", "W2", "W3", "W5", "H1", "H2", "H3", "H4"] as const;

/** Every check that a family's packets are needed for, from a place that does not have it. */
const without = (family: Family): Row[] => {
  const reason = family === "ip4" ? "vantage_no_ipv4" : "vantage_no_ipv6";
  return [
    ...SIDES.map((check): Row => [check, family, "unknown", reason]),
    ["D6", null, "unknown", reason],
    ["W4", null, "unknown", reason],
    ["W7", null, "unknown", reason],
    ["H5", null, "unknown", "not_reached"],
    ["P1", null, "unknown", "not_measured"],
  ];
};

/** What our own place can't tell accuses no portal; what it can tell stands. */
export const PLACE_ROWS = {
  "no-ip6 healthy": [
    ...without("ip6"),
    ["D1", null, "pass", "aaaa"],
    ["D3", null, "unknown", "vantage_no_ipv6"],
    ["D4", null, "unknown", "vantage_no_ipv6"],
    ["W6", null, "unknown", "vantage_no_ipv6"],
    ["M1", null, "unknown", "vantage_no_ipv6"],
    ["W1", "ip4", "pass", "all_open"],
  ],
  "no-ip6 ipv4-only": [["D1", null, "fail", "no_data"]],
  "no-ip6 page-own-host-ipv6-refused": [
    ["W8", null, "unknown", "vantage_no_ipv6", { not_working: [{ ip6: "unknown" }] }],
  ],
  "no-ip6 redirect-ipv6-refused": [["W6", null, "unknown", "vantage_no_ipv6"]],
  "no-ip4 healthy": [...without("ip4"), ["W1", "ip6", "pass", "all_open"]],
  "no-ip4 expired": [["W3", "ip6", "fail", "expired"]],
  // The evidence stays, the verdict goes.
  "ip6-lost ipv6-refused": [
    ["W1", "ip6", "unknown", "vantage_no_ipv6", { addresses: [{ outcome: "refused" }] }],
    ["H5", null, "unknown", "vantage_no_ipv6", { differ: ["H1"] }],
  ],
  "ip6-lost expired": [
    ["W3", "ip4", "fail", "expired"],
    ["W3", "ip6", "unknown", "vantage_no_ipv6", { addresses: [{ faults: ["tls_expired"] }] }],
  ],
  "no-resolver healthy": [
    ["D3", null, "unknown", "resolver_unusable"],
    ["D5", null, "unknown", "resolver_unusable"],
    ["M1", null, "unknown", "resolver_unusable"],
  ],
  "captive-portal ipv4-only": [["D1", null, "unknown", "resolver_doubtful"]],
  "captive-portal dns-nxdomain": [["D1", null, "unknown", "resolver_doubtful"]],
  "captive-portal aaaa-documentation": [["D2", null, "unknown", "resolver_doubtful"]],
  "dns64 healthy": [["D1", null, "pass", "aaaa", { invented: 0 }]],
  "dns64 ipv4-only": [
    ["D1", null, "unknown", "vantage_dns64", { addresses: [], invented: 1 }],
    ["D2", null, "unknown", "vantage_dns64"],
    ["W1", "ip6", "unknown", "vantage_dns64"],
  ],
  "no-validation healthy": [["D5", null, "unknown", "resolver_does_not_validate"]],
} as const satisfies Rows;
