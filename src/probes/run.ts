import type { SecureContext } from "node:tls";
import type { SkipReason } from "../domain/failure.ts";
import type { Family } from "../domain/family.ts";
import type { CertificateFacts, FailedAddress, Phase } from "../domain/observation.ts";
import type { BodyMismatch, HopSight } from "../domain/probe-facts.ts";
import type { VantageState } from "../domain/vantage.ts";
import type { AddressPolicy } from "./address-policy.ts";
import type { CertificateReader } from "./certificate.ts";
import type { Deadline } from "./deadline.ts";
import type { DnsClient } from "./dns-client.ts";

/**
 * Leave to connect to an address, to be given back by calling it; or the limit that stands against it,
 * null for an address that has as many connections as it may.
 */
export type Admission = (() => void) | SkipReason | null;

/** Asked before every connection. A promise stops the run's clock: waiting for our own limits is not the portal's time. */
export type AcquireAddress = (address: string) => Admission | Promise<Admission>;

/** What all runs of one prober share. */
export interface ProbeTools {
  readonly policy: AddressPolicy;
  readonly trust: SecureContext;
  readonly certificates: CertificateReader;
  readonly acquireAddress: AcquireAddress;
  readonly userAgent: string;
  readonly timeoutMs: number;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** One run on its way: what it was given, and what it has seen so far. */
export interface Run {
  readonly family: Family;
  readonly gate: VantageState;
  readonly dns: DnsClient;
  readonly deadline: Deadline;
  readonly phasesMs: Record<Phase, number>;
  readonly hops: HopSight[];
  readonly failedAddresses: FailedAddress[];
  /** Addresses of the portal's own host. */
  addresses: readonly string[];
  certificate: CertificateFacts | null;
  status: number | null;
  final: boolean;
  bodyBytes: number;
  bodyMismatches: readonly BodyMismatch[];
}

/** A run that has seen nothing yet. */
export function beginRun(given: Pick<Run, "family" | "gate" | "dns" | "deadline">): Run {
  return {
    ...given,
    phasesMs: noTime(),
    hops: [],
    failedAddresses: [],
    addresses: [],
    certificate: null,
    status: null,
    final: false,
    bodyBytes: 0,
    bodyMismatches: [],
  };
}

/** Phases of which none has been reached. */
export function noTime(): Record<Phase, number> {
  return { resolve: 0, connect: 0, tls: 0, processing: 0, transfer: 0 };
}
