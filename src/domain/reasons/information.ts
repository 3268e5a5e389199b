import type { Reasons } from "./common.ts";

/** M1: does mail come in over IPv6? */
export const M1 = {
  all_accept: "pass",
  some_accept: "warn",
  no_aaaa: "warn",
  port_25_unclear: "unknown",
  no_mail: "not_applicable",
  null_mx: "not_applicable",
} as const satisfies Reasons;

/** P1: is IPv6 as fast as IPv4? */
export const P1 = {
  not_slower: "pass",
  slower_over_ip6: "warn",
  not_measured: "unknown",
} as const satisfies Reasons;

/** S1: are the usual security headers set, and is the page free of mixed content? */
export const S1 = {
  headers_set: "pass",
  headers_missing: "warn",
  mixed_content: "warn",
  no_answer: "not_applicable",
} as const satisfies Reasons;

/** S2: is there a security.txt (RFC 9116)? */
export const S2 = {
  present: "pass",
  expired: "warn",
  absent: "warn",
  invalid: "warn",
} as const satisfies Reasons;
