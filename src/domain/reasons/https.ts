import type { Reasons } from "./common.ts";

/** H1: is HTTPS supported with a valid certificate? */
export const H1 = {
  valid: "pass",
  port_443_closed: "fail",
  tls_fails: "fail",
  certificate_faulty: "fail",
} as const satisfies Reasons;

/** H2: does plain HTTP lead to HTTPS at once? */
export const H2 = {
  redirects: "pass",
  port_80_closed: "pass",
  http_served: "fail",
  first_hop_not_https: "fail",
  downgrade: "fail",
  https_other_host: "warn",
  redirect_other_status: "warn",
  http_error: "warn",
  http_no_answer: "warn",
  waf_suspected: "unknown",
  port_443_closed: "not_applicable",
} as const satisfies Reasons;

/** H3: is there one valid HSTS field that lasts long enough? */
export const H3 = {
  hsts: "pass",
  missing: "warn",
  repeated: "warn",
  invalid: "warn",
  switched_off: "warn",
  too_short: "warn",
  waf_suspected: "unknown",
  no_answer: "not_applicable",
  port_443_closed: "not_applicable",
} as const satisfies Reasons;

/** H4: which TLS versions are accepted? */
export const H4 = {
  modern_only: "pass",
  old_accepted: "warn",
  only_old: "fail",
  versions_unclear: "unknown",
  no_handshake: "not_applicable",
  port_443_closed: "not_applicable",
} as const satisfies Reasons;

/** H5: is HTTPS as good over one family as over the other? */
export const H5 = {
  same: "pass",
  differs: "warn",
  nothing_to_compare: "not_applicable",
} as const satisfies Reasons;
