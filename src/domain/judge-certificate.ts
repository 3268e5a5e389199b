import type { FailureKind } from "./failure.ts";

/** What is known of a certificate that a server presented, before it is judged. */
export interface CertificateSight {
  /** What chain building reported (`CERT_HAS_EXPIRED`, …), null when the chain ends in a trusted root. */
  readonly chainCode: string | null;
  /** Whether the name or address in the URL is one of the certificate's. */
  readonly nameMatches: boolean;
  /** Dates of the leaf, milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** Whether subject and issuer of the leaf are the same. */
  readonly selfIssued: boolean;
  readonly chainLength: number;
}

/**
 * Codes of OpenSSL that say which way a chain is bad. Every other code is `tls_untrusted`.
 * `UNABLE_TO_VERIFY_LEAF_SIGNATURE` is reported when the leaf came alone and its issuer is no trusted root.
 */
const CHAIN_CODES: Readonly<Record<string, FailureKind>> = {
  CERT_HAS_EXPIRED: "tls_expired",
  CERT_NOT_YET_VALID: "tls_not_yet_valid",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls_self_signed",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls_incomplete_chain",
};

/**
 * Everything that is wrong with a certificate at `now` (milliseconds), the one that decides first; empty if it is valid.
 * Dates come before the chain, because chain building hides other faults behind an expired certificate, and the
 * chain before the name, so that the order does not depend on what else is wrong.
 */
export function judgeCertificate(sight: CertificateSight, now: number): readonly FailureKind[] {
  if (sight.chainCode === null && sight.nameMatches && inDate(sight, now)) return [];
  const faults = new Set<FailureKind>();
  if (now > sight.notAfter) faults.add("tls_expired");
  if (now < sight.notBefore) faults.add("tls_not_yet_valid");
  if (sight.chainCode !== null) faults.add(CHAIN_CODES[sight.chainCode] ?? "tls_untrusted");
  if (sight.chainCode !== null && sight.selfIssued && sight.chainLength === 1) {
    faults.add("tls_self_signed");
  }
  if (!sight.nameMatches) faults.add("tls_hostname");
  return [...faults];
}

function inDate(sight: CertificateSight, now: number): boolean {
  return now >= sight.notBefore && now <= sight.notAfter;
}
