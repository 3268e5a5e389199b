import type { Failure, FailureKind, SkipReason } from "./failure.ts";
import type { Family } from "./family.ts";

/** What one run came to. `no_address`: this family has no record while the other has; neither success nor failure. */
export const OUTCOMES = ["ok", "degraded", "fail", "unknown", "no_address", "skipped"] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** The five phases of an HTTP exchange, named and summed over hops as blackbox_exporter does. */
export const PHASES = ["resolve", "connect", "tls", "processing", "transfer"] as const;

export type Phase = (typeof PHASES)[number];

/** Milliseconds per phase, 0 for a phase that was not reached. */
export type PhasesMs = Readonly<Record<Phase, number>>;

/** Facts of one certificate as presented, kept even when it is invalid. Instants are UTC ISO 8601. */
export interface CertificateFacts {
  /** SHA-256 of the DER form, lower-case hex. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** Earliest notAfter over the presented chain, as blackbox_exporter reports it. */
  readonly earliestNotAfter: string;
  /** DNS names and IP addresses of the SAN extension, at most 100. */
  readonly names: readonly string[];
  readonly keyType: string;
  readonly keyBits: number | null;
  /** How many certificates the server presented. */
  readonly chainLength: number;
}

/** An address of the family that was tried in vain before another one answered, or before all failed. */
export interface FailedAddress {
  readonly address: string;
  readonly kind: FailureKind;
}

/** One hop of the redirect chain. */
export interface Hop {
  readonly url: string;
  readonly address: string | null;
  readonly status: number | null;
  /** Where this hop's answer sent the client, absolute; null or absent where nothing was followed. */
  readonly to?: string | null;
}

/** What was seen of a failure, kept for those who ask why; small, without timings so that repeats are equal. */
export interface Evidence {
  /** The phase that the run had reached. */
  readonly phase: Phase | null;
  /** Error code of the library that reported it (`ECONNREFUSED`, `CERT_HAS_EXPIRED`, …); never a message. */
  readonly code: string | null;
  readonly addresses: readonly string[];
  readonly failedAddresses: readonly FailedAddress[];
  readonly cnames: readonly string[];
  readonly hops: readonly Hop[];
  /** More facts that one kind of failure needs (status, certificate names, limits). */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * The stored result of one run: one portal, one family, one vantage point, one scheduled time, one attempt.
 * These five make it unique. Instants are milliseconds since the epoch, durations milliseconds.
 */
export interface ProbeResult {
  readonly portal: number;
  readonly family: Family;
  readonly vantage: string;
  readonly scheduledAt: number;
  /** 0 is the scheduled run, confirmations count from 1. */
  readonly attempt: number;
  /** When the run began; equals `scheduledAt` for skipped ones. */
  readonly startedAt: number;
  readonly outcome: Outcome;
  readonly failure: Failure | null;
  /** Set only when `outcome` is `skipped`. */
  readonly skipReason: SkipReason | null;
  readonly status: number | null;
  /** The address that answered last, literal. */
  readonly address: string | null;
  readonly phasesMs: PhasesMs;
  readonly totalMs: number;
  /** The answers that redirected and were followed, in order; as many as redirects. */
  readonly redirects: readonly Hop[];
  readonly bodyBytes: number;
  /** Longest delay of the prober's event loop during the run. */
  readonly loopLagMs: number;
  readonly certificate: CertificateFacts | null;
  /** Addresses of this family that the name had. */
  readonly addresses: readonly string[];
  /** Null unless the outcome is degraded, fail or unknown. */
  readonly evidence: Evidence | null;
}
