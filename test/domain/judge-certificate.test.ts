import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CertificateSight, judgeCertificate } from "../../src/domain/judge-certificate.ts";

const NOW = Date.UTC(2026, 6, 1);
const DAY = 86_400_000;

const VALID: CertificateSight = {
  chainCode: null,
  nameMatches: true,
  notBefore: NOW - DAY,
  notAfter: NOW + DAY,
  selfIssued: false,
  chainLength: 2,
};

const faults = (change: Partial<CertificateSight>) =>
  judgeCertificate({ ...VALID, ...change }, NOW);

describe("judgeCertificate", () => {
  test("a good chain, name and date leave nothing to say", () => {
    expect(faults({})).toEqual([]);
  });

  test.each([
    ["CERT_HAS_EXPIRED", "tls_expired"],
    ["CERT_NOT_YET_VALID", "tls_not_yet_valid"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls_self_signed"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls_incomplete_chain"],
    ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "tls_untrusted"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "tls_untrusted"],
    ["ANYTHING_NEW", "tls_untrusted"],
  ])("%s of chain building is %s", (chainCode, kind) => {
    expect(faults({ chainCode })).toEqual([kind]);
  });

  test("dates are judged by our clock, the last second included", () => {
    expect(faults({ notAfter: NOW })).toEqual([]);
    expect(faults({ notAfter: NOW - 1 })).toEqual(["tls_expired"]);
    expect(faults({ notBefore: NOW + 1 })).toEqual(["tls_not_yet_valid"]);
  });

  test("an expired certificate that hides a self-signed one tells both, the date first", () => {
    const chainCode = "CERT_HAS_EXPIRED";
    const seen = faults({ chainCode, notAfter: NOW - 1, selfIssued: true, chainLength: 1 });
    expect(seen).toEqual(["tls_expired", "tls_self_signed"]);
  });

  test("a wrong name is told last", () => {
    const chainCode = "DEPTH_ZERO_SELF_SIGNED_CERT";
    expect(faults({ chainCode, nameMatches: false })).toEqual(["tls_self_signed", "tls_hostname"]);
  });

  test("is without fault exactly when chain, name and date are", () => {
    const sight = fc.record({
      chainCode: fc.option(fc.string()),
      nameMatches: fc.boolean(),
      notBefore: fc.integer({ min: NOW - DAY, max: NOW + DAY }),
      notAfter: fc.integer({ min: NOW - DAY, max: NOW + DAY }),
      selfIssued: fc.boolean(),
      chainLength: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(sight, (seen) => {
        const good =
          seen.chainCode === null &&
          seen.nameMatches &&
          seen.notBefore <= NOW &&
          NOW <= seen.notAfter;
        expect(judgeCertificate(seen, NOW).length === 0).toBe(good);
      }),
    );
  });
});
