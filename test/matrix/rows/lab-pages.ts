import type { Row, Rows } from "../support/row.ts";

/** What TLS or a web server at the only address over one family came to. */
const at = (fact: object) => ({ addresses: [fact] });
const over6 = (fact: object) => at({ address: "::1", ...fact });

/** The certificate at the only address of both families has this fault. */
const faulty = (reason: "expired" | "not_yet_valid" | "self_signed", code: string): Row[] => {
  const evidence = at({ faults: [`tls_${reason}`], code });
  return [
    ["W3", "ip4", "fail", reason, evidence],
    ["W3", "ip6", "fail", reason, evidence],
  ];
};

/** What one audit of each lab portal whose certificate, answers or page are at fault must find. */
export const PAGE_ROWS = {
  expired: [
    ...faulty("expired", "CERT_HAS_EXPIRED"),
    ["W4", null, "pass", "faulty_over_both"],
    ["H1", "ip6", "fail", "certificate_faulty", { at: [{ address: "::1", fault: "expired" }] }],
  ],
  "not-yet-valid": faulty("not_yet_valid", "CERT_NOT_YET_VALID"),
  "self-signed": faulty("self_signed", "DEPTH_ZERO_SELF_SIGNED_CERT"),
  "incomplete-chain": [
    [
      "W3",
      "ip6",
      "fail",
      "incomplete_chain",
      over6({ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE", chain_length: 1 }),
    ],
  ],
  "untrusted-root": [
    [
      "W3",
      "ip6",
      "fail",
      "untrusted",
      over6({ code: "SELF_SIGNED_CERT_IN_CHAIN", chain_length: 3 }),
    ],
  ],
  "wrong-host": [
    [
      "W3",
      "ip6",
      "fail",
      "hostname",
      over6({ faults: ["tls_hostname"], names: ["somebody-else.lab.test", "127.255.255.254"] }),
    ],
  ],
  "expires-soon": [["W3", "ip6", "warn", "ends_soon", over6({ faults: [] })]],
  "certificate-differs": [
    ["W3", "ip4", "pass", "valid"],
    ["W3", "ip6", "fail", "expired", over6({ faults: ["tls_expired"] })],
    ["W4", null, "fail", "worse_over_ip6"],
  ],
  "certificate-other": [["W4", null, "pass", "differs_both_valid"]],
  "ocsp-stapled": [["W3", "ip6", "pass", "valid", over6({ ocsp_stapled: true })]],
  "status-differs": [
    ["W5", "ip4", "pass", "answers"],
    [
      "W5",
      "ip6",
      "fail",
      "http_error",
      { ...over6({ status: 500 }), other_family: "works", failed_tries: 3 },
    ],
  ],
  "http-500": [
    ["W5", "ip4", "warn", "http_error_both", { other_family: "fails", failed_tries: 3 }],
    ["W5", "ip6", "warn", "http_error_both", over6({ status: 500 })],
    ["S1", null, "not_applicable", "no_answer"],
  ],
  "http-403": [["W5", "ip6", "unknown", "waf_suspected", over6({ status: 403, wall: null })]],
  "http-429": [["W5", "ip6", "unknown", "waf_suspected", over6({ status: 429 })]],
  "wall-ipv6": [
    ["W5", "ip4", "pass", "answers"],
    ["W5", "ip6", "unknown", "waf_suspected", over6({ status: 403, wall: "captcha" })],
  ],
  closes: [
    ["W5", "ip6", "warn", "no_answer_both", over6({ outcome: "failed", code: "http_closed" })],
    ["H3", "ip6", "not_applicable", "no_answer"],
  ],
  "body-endless": [["W8", null, "unknown", "limit", { cut: true }]],
  "redirect-good": [
    [
      "W6",
      null,
      "pass",
      "all_hosts_work",
      { hosts: [{ host: "healthy.lab.test", secure: true, is: "works" }] },
    ],
    ["H3", "ip6", "warn", "missing", over6({ status: 302, fields: [] })],
  ],
  "redirect-family-gap": [
    [
      "W6",
      null,
      "fail",
      "hop_without_aaaa",
      {
        chain: { outcome: "family_gap" },
        hosts: [{ host: "ipv4-only.lab.test", is: "broken", fault: "without_aaaa" }],
      },
    ],
  ],
  "redirect-ipv6-refused": [
    [
      "W6",
      null,
      "fail",
      "hop_unreachable",
      { hosts: [{ host: "ipv6-refused.lab.test", fault: "unreachable", at: ["::1"] }] },
    ],
  ],
  "redirect-expired": [
    [
      "W6",
      null,
      "fail",
      "hop_certificate",
      { hosts: [{ host: "expired.lab.test", fault: "certificate", at: ["::1"] }] },
    ],
  ],
  "redirect-inside": [
    [
      "W6",
      null,
      "fail",
      "hop_special_address",
      { hosts: [{ host: "inside.lab.test", at: ["2001:db8::81"] }] },
    ],
  ],
  "redirect-loop": [["W6", null, "fail", "redirect_loop", { chain: { outcome: "loop" } }]],
  "redirect-chain": [["W6", null, "fail", "redirect_limit", { chain: { outcome: "limit" } }]],
  "redirect-invalid": [["W6", null, "fail", "redirect_invalid", { chain: { outcome: "invalid" } }]],
  "redirect-to-http": [
    ["W6", null, "pass", "all_hosts_work", { hosts: [{ secure: false, is: "works" }] }],
    ["H2", "ip6", "fail", "downgrade"],
  ],
  "http-not-redirecting": [["H2", "ip6", "fail", "http_served", over6({ status: 200 })]],
  "http-elsewhere": [["H2", "ip6", "warn", "https_other_host", over6({ status: 301 })]],
  "http-closed": [["H2", "ip4", "pass", "port_80_closed", at({ reason: "port_80_closed" })]],
  "hsts-absent": [["H3", "ip6", "warn", "missing", over6({ status: 200, fields: [] })]],
  "hsts-short": [["H3", "ip6", "warn", "too_short", over6({ fields: ["max-age=86400"] })]],
  "hsts-doubled": [
    ["H3", "ip6", "warn", "repeated", over6({ fields: ["max-age=31536000", "max-age=0"] })],
  ],
  "hsts-invalid": [
    ["H3", "ip6", "warn", "invalid", over6({ fields: ["max-age=one-year; includeSubDomains"] })],
  ],
  "page-differs-by-family": [["W7", null, "warn", "text_differs", { similarity: 0, baseline: 1 }]],
  "page-differs-always": [["W7", null, "pass", "within_noise"]],
  "page-noise": [["W7", null, "pass", "alike"]],
  "page-whole": [
    ["W8", null, "pass", "all_work", { hosts: 3, by_host: 1, by_url: 1, not_working: [] }],
  ],
  "page-own-host-ipv4-only": [
    [
      "W8",
      null,
      "fail",
      "own_host_missing",
      {
        by_host: 0.5,
        by_url: 0.333,
        not_working: [{ host: "ipv4-only.lab.test", own: true, ip6: "no_address" }],
      },
    ],
  ],
  "page-own-host-ipv6-refused": [
    [
      "W8",
      null,
      "fail",
      "own_host_missing",
      { not_working: [{ host: "ipv6-refused.lab.test", ip6: "unreachable", address: "::1" }] },
    ],
  ],
  "page-third-party-ipv4-only": [
    [
      "W8",
      null,
      "warn",
      "third_party_missing",
      { not_working: [{ host: "ipv4-only.third-party.test", own: false }] },
    ],
  ],
  "page-mixed-content": [["S1", null, "warn", "mixed_content", { mixed_count: 2 }]],
  careful: [
    ["S1", null, "pass", "headers_set", { missing: [], mixed_count: 0 }],
    ["S2", null, "pass", "present", { contact: "mailto:an-toan@lab.test" }],
  ],
  "third-party": [["M1", null, "not_applicable", "no_mail", { domain: "third-party.test" }]],
} as const satisfies Rows;
