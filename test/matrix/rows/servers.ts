import type { Row, Rows } from "../support/row.ts";

const at = (fact: object) => ({ addresses: [{ address: "127.0.0.1", ...fact }] });

/** Zones and families that a literal address does not have. */
const LITERAL: Row[] = [
  ["D3", null, "not_applicable", "literal_address"],
  ["D4", null, "not_applicable", "literal_address"],
  ["D5", null, "not_applicable", "literal_address"],
  ["D6", null, "not_applicable", "literal_address"],
  ["W9", null, "not_applicable", "no_variants"],
  ["H5", null, "not_applicable", "nothing_to_compare"],
];

/** What one audit of each throw-away server must find. */
export const SERVER_ROWS = {
  "literal-ip4": [
    ...LITERAL,
    ["D1", null, "fail", "literal_ip4", { host: "127.0.0.1", outcome: "no_data", attempts: [] }],
    ["W3", "ip4", "pass", "valid", at({ faults: [] })],
  ],
  "literal-ip6": [
    ...LITERAL,
    ["D1", null, "pass", "literal_ip6", { host: "::1", addresses: ["::1"] }],
    ["W3", "ip6", "pass", "valid"],
  ],
  "plain-303": [["H2", "ip4", "warn", "redirect_other_status", at({ status: 303 })]],
  "plain-403": [["H2", "ip4", "unknown", "waf_suspected", at({ status: 403 })]],
  "plain-500": [["H2", "ip4", "warn", "http_error", at({ status: 500 })]],
  // Our own library refuses both at its usual level: that is no fault of the certificate's trust.
  "weak-key": [["W3", "ip4", "warn", "weak_key", at({ faults: [], key: "rsa 1024" })]],
  "weak-signature": [
    ["W3", "ip4", "warn", "weak_signature", at({ signature: "sha1WithRSAEncryption" })],
  ],
  "certificate-unreadable": [
    ["W2", "ip4", "fail", "unreadable_certificate", { failed_tries: 3 }],
    ["W3", "ip4", "fail", "unreadable_certificate", at({ code: "ERR_OSSL_WRONG_TAG" })],
  ],
  "old-versions-reset": [
    [
      "H4",
      "ip4",
      "unknown",
      "versions_unclear",
      at({ TLSv1: "unclear", "TLSv1.1": "unclear", "TLSv1.2": "accepted" }),
    ],
  ],
  "nothing-listens": [
    [
      "W1",
      "ip4",
      "fail",
      "none_open",
      {
        ...at({ outcome: "refused", code: "ECONNREFUSED" }),
        port_80: [{ outcome: "refused" }],
        failed_tries: 3,
      },
    ],
  ],
  "port-80-not-seen": [
    ["W1", "ip4", "fail", "port_443_closed", { ...at({ outcome: "refused" }), port_80: [] }],
  ],
  "nine-open": [["W1", "ip4", "unknown", "partly_seen"]],
  "nine-closed": [
    ["W1", "ip4", "warn", "some_closed_rest_unseen"],
    ["H1", "ip4", "unknown", "limit"],
  ],
  "aaaa-denied-once": [
    ["D1", null, "unknown", "resolver_failed"],
    ["D2", null, "unknown", "resolver_failed"],
  ],
  "ten-aliases": [["D1", null, "unknown", "cname_limit", { outcome: "cname_limit" }]],
  "aaaa-loopback": [["D2", null, "fail", "special_loopback", { addresses: [{ address: "::1" }] }]],
  "variant-works": [
    ["W9", null, "pass", "variants_work", { variants: [{ host: "works.test", is: "works" }] }],
  ],
  "variant-bare": [
    ["W9", null, "warn", "variant_without_aaaa", { variants: [{ host: "bare.test" }] }],
  ],
  "variant-broken": [
    [
      "W9",
      null,
      "warn",
      "variant_broken",
      { variants: [{ host: "broken.test", fault: "certificate", at: ["::1"] }] },
    ],
  ],
  "variant-unsure": [
    ["W9", null, "unknown", "resolver_failed", { variants: [{ host: "unsure.test" }] }],
    ["M1", null, "unknown", "resolver_failed"],
  ],
  "mail-null-mx": [["M1", null, "not_applicable", "null_mx", { domain: "none.test" }]],
  "mail-ip4-only": [
    [
      "M1",
      null,
      "warn",
      "no_aaaa",
      { servers: [{ name: "mail.old.test", reach: "no_aaaa", addresses: [] }] },
    ],
  ],
  "other-url-over-ip6": [
    ["W7", null, "warn", "final_url_differs", { similarity: 1, same_final_url: false }],
  ],
} as const satisfies Rows;
