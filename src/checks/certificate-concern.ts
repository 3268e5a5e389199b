import type { AuditCertificate } from "../domain/audit/host.ts";
import type { CheckContext } from "./check.ts";

const DAY_MS = 86_400_000;

/** Short-lived certificates are renewed when a third of their life is left, which is no reason to worry. */
const RENEWAL_SHARE = 1 / 3;

/** Least bits of keys that the Baseline Requirements of the CA/Browser Forum allow (section 6.1.5). */
const LEAST_RSA_BITS = 2048;
const LEAST_EC_BITS = 256;

/** What is not well with a valid certificate: it ends soon, or its key or signature is weak; null if all is well. */
export function certificateConcern(
  certificate: AuditCertificate,
  { at, rules }: CheckContext,
): "weak_key" | "weak_signature" | "ends_soon" | null {
  const { keyType, keyBits, signatureAlgorithm } = certificate;
  const least = /^ec/i.test(keyType) ? LEAST_EC_BITS : LEAST_RSA_BITS;
  if (/^(ec|rsa)/i.test(keyType) && keyBits !== null && keyBits < least) return "weak_key";
  if (/sha-?1(?!\d)|md5/i.test(signatureAlgorithm ?? "")) return "weak_signature";
  return endsSoon(certificate, at, rules.certificateDays) ? "ends_soon" : null;
}

function endsSoon({ notBefore, notAfter }: AuditCertificate, at: number, days: number): boolean {
  const end = Date.parse(notAfter);
  const life = end - Date.parse(notBefore);
  const left = end - at;
  return left < days * DAY_MS && left < life * RENEWAL_SHARE;
}
