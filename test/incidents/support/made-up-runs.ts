import { failure, type FailureKind, reasonOf } from "../../../src/domain/failure.ts";
import type { Family } from "../../../src/domain/family.ts";
import type { CertificateFacts, ProbeResult } from "../../../src/domain/observation.ts";
import { certificate, evidence, result } from "../../store/helpers/results.ts";

/** Where and when a made-up run goes. */
export interface Run {
  /** Number of the portal, from 1. */
  readonly portal: number;
  readonly family: Family;
  /** Name of the vantage point. */
  readonly vantage: string;
  readonly scheduledAt: number;
  readonly attempt: number;
  /** When it begins, milliseconds since the epoch. */
  readonly at: number;
}

/** What a run sees beside when and where it goes. */
export type Seen = Partial<Omit<ProbeResult, keyof Run | "startedAt">>;

/** What all runs of a world see: a pure function of when and where they go. */
export type Sky = (run: Run) => Seen;

/** All is well. */
export const fine: Seen = {};

/** The family has no record while the other one has. */
export const absent: Seen = { outcome: "no_address", status: null, address: null, addresses: [] };

/** A run that failed; the source decides whether it accuses the portal. */
export function fails(kind: FailureKind, change: Seen = {}): Seen {
  const { source } = failure(kind);
  const certified = reasonOf(kind) === "certificate";
  return {
    outcome: source === "target" ? "fail" : "unknown",
    failure: failure(kind),
    status: certified || kind === "http_status" ? (kind === "http_status" ? 503 : 200) : null,
    ...(certified ? {} : { certificate: null }),
    evidence: evidence({ code: null }),
    ...change,
  };
}

/** A run that answered well, but slower than the portal may. */
export const slow: Seen = {
  outcome: "degraded",
  failure: failure("too_slow"),
  evidence: evidence({ phase: "processing", code: null, failedAddresses: [] }),
};

/** The literal address of a portal: each in a prefix of its own. */
function addressOf(portal: number, family: Family): string {
  return family === "ip4"
    ? `100.${64 + Math.floor(portal / 256)}.${portal % 256}.10`
    : `2001:db8:${portal.toString(16)}::10`;
}

/** A certificate that only this portal has, good for a year from a month before `at`. */
function ownCertificate(portal: number, change: Partial<CertificateFacts> = {}) {
  return certificate(portal.toString(16).padStart(4, "0"), {
    notBefore: "2026-08-01T00:00:00.000Z",
    notAfter: "2027-08-01T00:00:00.000Z",
    earliestNotAfter: "2027-08-01T00:00:00.000Z",
    ...change,
  });
}

/** The whole result of a run that saw this. */
export function resultOf({ at, ...run }: Run, seen: Seen): ProbeResult {
  const address = addressOf(run.portal, run.family);
  return result({
    ...run,
    startedAt: at,
    address,
    addresses: [address],
    certificate: ownCertificate(run.portal),
    ...seen,
  });
}
