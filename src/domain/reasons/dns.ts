import type { Reasons } from "./common.ts";

/** D1: does the name have an IPv6 address? */
export const D1 = {
  aaaa: "pass",
  literal_ip6: "pass",
  no_data: "fail",
  nxdomain: "fail",
  cname_loop: "fail",
  literal_ip4: "fail",
  cname_limit: "unknown",
  one_answer_only: "unknown",
} as const satisfies Reasons;

/** D2: is every IPv6 address one that the whole Internet can reach? One reason per address class. */
export const D2 = {
  all_global: "pass",
  allowed_here: "pass",
  special_unspecified: "fail",
  special_loopback: "fail",
  special_link_local: "fail",
  special_site_local: "fail",
  special_unique_local: "fail",
  special_multicast: "fail",
  special_ipv4_mapped: "fail",
  special_ipv4_translated: "fail",
  special_nat64: "fail",
  special_discard: "fail",
  special_teredo: "fail",
  special_6to4: "fail",
  special_documentation: "fail",
  special_benchmarking: "fail",
  special_protocol: "fail",
  special_segment_routing: "fail",
  special_not_global_unicast: "fail",
  special_other: "fail",
} as const satisfies Reasons;

/** D3: do the zone's name servers answer over IPv6? */
export const D3 = {
  two_or_more: "pass",
  only_one: "warn",
  udp_only: "warn",
  lame: "warn",
  no_aaaa: "fail",
  none_answers: "fail",
  rate_limited: "unknown",
  literal_address: "not_applicable",
} as const satisfies Reasons;

/** D4: can the name be resolved from the root over IPv6 alone? */
export const D4 = {
  reached: "pass",
  glue_missing: "warn",
  glue_differs: "warn",
  addresses_differ: "warn",
  ns_without_aaaa: "fail",
  required_glue_missing: "fail",
  out_of_zone_ns: "fail",
  no_answer: "fail",
  lame: "fail",
  loop: "fail",
  rate_limited: "unknown",
  unsure: "unknown",
  literal_address: "not_applicable",
} as const satisfies Reasons;

/** D5: is the name signed, and rightly? */
export const D5 = {
  signed: "pass",
  unsigned: "warn",
  bogus: "fail",
  resolver_does_not_validate: "unknown",
  literal_address: "not_applicable",
} as const satisfies Reasons;

/** D6: does a name server say the same over both families? */
export const D6 = {
  same: "pass",
  differs: "warn",
  nothing_to_compare: "not_applicable",
  literal_address: "not_applicable",
} as const satisfies Reasons;
