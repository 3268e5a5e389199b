import type { Reasons } from "./common.ts";

/** W1: does every address accept TCP? */
export const W1 = {
  all_open: "pass",
  port_80_differs: "warn",
  some_closed: "warn",
  some_closed_rest_unseen: "warn",
  none_open: "fail",
  only_port_80: "fail",
  port_443_closed: "fail",
  partly_seen: "unknown",
} as const satisfies Reasons;

/** W2: does TLS complete on every address that accepts TCP? */
export const W2 = {
  completed: "pass",
  tls_timeout_after_tcp: "fail",
  tls_reset: "fail",
  tls_alert: "fail",
  tls_error: "fail",
  unreadable_certificate: "fail",
  port_443_closed: "not_applicable",
} as const satisfies Reasons;

/** W3: is the certificate valid on every address? */
export const W3 = {
  valid: "pass",
  expired: "fail",
  not_yet_valid: "fail",
  self_signed: "fail",
  incomplete_chain: "fail",
  untrusted: "fail",
  hostname: "fail",
  no_certificate: "fail",
  unreadable_certificate: "fail",
  ends_soon: "warn",
  weak_key: "warn",
  weak_signature: "warn",
  no_handshake: "not_applicable",
  port_443_closed: "not_applicable",
} as const satisfies Reasons;

/** W4: is the certificate over IPv6 no worse than over IPv4? */
export const W4 = {
  same: "pass",
  differs_both_valid: "pass",
  faulty_over_both: "pass",
  worse_over_ip6: "fail",
  worse_over_ip4: "warn",
  no_handshake: "not_applicable",
} as const satisfies Reasons;

/** What only the ladder says of W5, from thirty days of light probes. */
export const HISTORY_REASONS = {
  history_short: "unknown",
  success_low: "warn",
  success_below_ip4: "warn",
} as const satisfies Reasons;

/** W5: does the web server answer over this family? */
export const W5 = {
  answers: "pass",
  http_error: "fail",
  no_answer: "fail",
  http_error_both: "warn",
  no_answer_both: "warn",
  http_error_uncompared: "warn",
  no_answer_uncompared: "warn",
  waf_suspected: "unknown",
  no_handshake: "not_applicable",
  port_443_closed: "not_applicable",
  ...HISTORY_REASONS,
} as const satisfies Reasons;

/** W6: does every host that the portal redirects through work over IPv6? */
export const W6 = {
  no_other_host: "pass",
  all_hosts_work: "pass",
  hop_without_aaaa: "fail",
  hop_special_address: "fail",
  hop_unreachable: "fail",
  hop_tls: "fail",
  hop_certificate: "fail",
  hop_failed: "fail",
  redirect_loop: "fail",
  redirect_limit: "fail",
  redirect_invalid: "fail",
  hop_partly: "warn",
} as const satisfies Reasons;

/** W7: is the page the same over both families? */
export const W7 = {
  alike: "pass",
  within_noise: "pass",
  text_differs: "warn",
  title_differs: "warn",
  final_url_differs: "warn",
} as const satisfies Reasons;

/** W8: can everything that the page loads be had over IPv6? */
export const W8 = {
  all_work: "pass",
  no_resources: "pass",
  own_host_missing: "fail",
  third_party_missing: "warn",
  third_party_missing_own_unsure: "warn",
} as const satisfies Reasons;

/** W9: do the variants of the portal's name work over IPv6 too? */
export const W9 = {
  variants_work: "pass",
  variant_without_aaaa: "warn",
  variant_broken: "warn",
  no_variants: "not_applicable",
} as const satisfies Reasons;
