import type { FailureKind } from "../failure.ts";
import type { Family } from "../family.ts";
import type { Outcome } from "../observation.ts";

/** When the certificate that was presented is good for; instants in milliseconds since the epoch. */
export interface SeenCertificate {
  readonly fingerprint: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** What the reducer needs of one run: a stored result, live or replayed. */
export interface Sighting {
  readonly portal: number;
  readonly family: Family;
  /** Number of the vantage point. */
  readonly vantage: number;
  /** When the run began, milliseconds since the epoch; runs of one track are taken in this order. */
  readonly at: number;
  /** 0 is the scheduled run, confirmations count from 1. */
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly failure: FailureKind | null;
  /** Of the last answer; null without one. */
  readonly status: number | null;
  readonly certificate: SeenCertificate | null;
  /** Where it went, literal. */
  readonly address: string | null;
}
