import { type FailureKind, isFailureKind } from "../../domain/failure.ts";
import type { SeenCertificate, Sighting } from "../../domain/incident/sighting.ts";
import type { ProbeResult } from "../../domain/observation.ts";
import { storableMs } from "../result-rows.ts";

/** What the reducer needs of a result, exactly as it will be read from the rows that are stored of it. */
export function sightingOf(result: ProbeResult, vantage: number): Sighting {
  const { portal, family, attempt, outcome, status, address } = result;
  return {
    portal,
    family,
    vantage,
    at: startOf(result.scheduledAt, Math.fround(result.startedAt - result.scheduledAt)),
    attempt,
    outcome,
    failure: result.failure?.kind ?? null,
    status,
    certificate: seenCertificate(result),
    address,
  };
}

/** When a run began, from what is stored of it, in whole milliseconds since the epoch. */
export function startOf(scheduledAt: number, startDelayMs: number): number {
  return Math.round(Math.trunc(scheduledAt) + startDelayMs);
}

/** The failure of a stored run, whose column holds the reason of a skipped one too. */
export function failureOf(stored: string | null): FailureKind | null {
  return stored !== null && isFailureKind(stored) ? stored : null;
}

/** Null too where the certificate is not stored, for one of its dates is none. */
function seenCertificate({ certificate }: ProbeResult): SeenCertificate | null {
  if (certificate === null) return null;
  const notBefore = storableMs(certificate.notBefore);
  const notAfter = storableMs(certificate.notAfter);
  if (notBefore === null || notAfter === null) return null;
  const { earliestNotAfter } = certificate;
  if (earliestNotAfter !== certificate.notAfter && storableMs(earliestNotAfter) === null) {
    return null;
  }
  return { fingerprint: certificate.fingerprint, notBefore, notAfter };
}
