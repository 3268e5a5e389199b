import type { Family } from "../family.ts";

/** How a question for addresses ended; the last six leave it open whether there are any. */
export const ANSWER_OUTCOMES = [
  "addresses",
  "no_data",
  "nxdomain",
  "cname_loop",
  "cname_limit",
  "timeout",
  "servfail",
  "refused",
  "malformed",
  "resolver_down",
  "not_asked",
] as const;

export type AnswerOutcome = (typeof ANSWER_OUTCOMES)[number];

/** One attempt at one resolver. */
export interface AnswerAttempt {
  /** `address:port` of the resolver. */
  readonly resolver: string;
  readonly outcome: AnswerOutcome;
}

/** One address that a name has, with what the registries say of it. */
export interface SeenAddress {
  readonly address: string;
  /** Class of a special-purpose address (`unique_local`, `6to4`, …, see probes/address-policy), null for global unicast. */
  readonly special: string | null;
  /** Whether a special-purpose address is allowed by the configuration; true for global unicast. */
  readonly usable: boolean;
}

/** A or AAAA of one name, as several attempts saw it (D1, D2). */
export interface AddressAnswer {
  readonly outcome: AnswerOutcome;
  /** At most 32, in a stable order; empty unless the outcome is `addresses`. */
  readonly addresses: readonly SeenAddress[];
  /** How many addresses there were beyond those. */
  readonly beyond: number;
  /** The names that the name leads to, in order, at most nine. */
  readonly chain: readonly string[];
  readonly attempts: readonly AnswerAttempt[];
  /** Addresses inside the vantage point's DNS64 prefix, which were left out. */
  readonly invented: number;
}

/** Both families of one host name; for a literal address the one family that it is. */
export interface NameSight {
  readonly host: string;
  readonly answers: Readonly<Record<Family, AddressAnswer>>;
}
