/** Whose fault a failure is: the portal's side, the resolver's, or ours. Only `target` failures accuse a portal. */
export type FailureSource = "target" | "resolver" | "internal";

/** Groups of failure kinds, the values of the metric label `reason`; at most 15. */
export const FAILURE_REASONS = [
  "dns",
  "no_address",
  "address_special",
  "connect_refused",
  "connect_timeout",
  "network",
  "tls_handshake",
  "certificate",
  "http_timeout",
  "http_protocol",
  "http_status",
  "redirect",
  "body",
  "limit",
  "internal",
] as const;

export type FailureReason = (typeof FAILURE_REASONS)[number];

interface FailureFacts {
  readonly source: FailureSource;
  readonly reason: FailureReason;
}

const target = (reason: FailureReason): FailureFacts => ({ source: "target", reason });
const resolver = (reason: FailureReason): FailureFacts => ({ source: "resolver", reason });
const internal = (reason: FailureReason): FailureFacts => ({ source: "internal", reason });

/**
 * Everything that can go wrong with one run, closed: each kind with its source and reason group.
 * docs/failures.md says of each what it means and which test makes it; a test keeps the two lists equal.
 */
export const FAILURES = {
  dns_timeout: resolver("dns"),
  dns_servfail: resolver("dns"),
  dns_refused: resolver("dns"),
  dns_malformed: resolver("dns"),
  resolver_unusable: resolver("dns"),
  no_address_at_all: target("no_address"),
  address_special: target("address_special"),
  connect_refused: target("connect_refused"),
  connect_timeout: target("connect_timeout"),
  connect_reset: target("network"),
  network_unreachable: target("network"),
  tls_timeout: target("tls_handshake"),
  tls_handshake: target("tls_handshake"),
  tls_reset: target("tls_handshake"),
  tls_expired: target("certificate"),
  tls_not_yet_valid: target("certificate"),
  tls_hostname: target("certificate"),
  tls_self_signed: target("certificate"),
  tls_incomplete_chain: target("certificate"),
  tls_untrusted: target("certificate"),
  http_timeout: target("http_timeout"),
  body_timeout: target("http_timeout"),
  http_closed: target("http_protocol"),
  http_protocol: target("http_protocol"),
  http_header_overflow: target("http_protocol"),
  http_status: target("http_status"),
  redirect_loop: target("redirect"),
  redirect_limit: target("redirect"),
  redirect_invalid: target("redirect"),
  redirect_family_gap: target("redirect"),
  body_mismatch: target("body"),
  too_slow: target("limit"),
  partial_address_set: target("limit"),
  resolver_down: internal("internal"),
  own_sockets: internal("internal"),
  event_loop_lag: internal("internal"),
  vantage_no_ipv4: internal("internal"),
  vantage_no_ipv6: internal("internal"),
  vantage_dns64: internal("internal"),
  prober_fault: internal("internal"),
} as const satisfies Record<string, FailureFacts>;

export type FailureKind = keyof typeof FAILURES;

/** One failure as stored and printed: `{kind, source}`. */
export interface Failure {
  readonly kind: FailureKind;
  readonly source: FailureSource;
}

/** Whether a text is a kind of the closed list. */
export function isFailureKind(text: string): text is FailureKind {
  return Object.hasOwn(FAILURES, text);
}

/** The failure of this kind, with the source that the closed list gives it. */
export function failure(kind: FailureKind): Failure {
  return { kind, source: FAILURES[kind].source };
}

/** The group that the metric label `reason` uses for this kind. */
export function reasonOf(kind: FailureKind): FailureReason {
  return FAILURES[kind].reason;
}

/** Why a scheduled run did not start; stored with outcome `skipped` in place of a failure kind. */
export const SKIP_REASONS = [
  "skip_in_flight_limit",
  "skip_rate_limit",
  "skip_address_busy",
  "skip_late",
  "skip_previous_running",
  "skip_stopping",
] as const;

export type SkipReason = (typeof SKIP_REASONS)[number];
