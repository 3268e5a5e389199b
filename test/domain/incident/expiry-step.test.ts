import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expiryStep } from "../../../src/domain/incident/expiry-step.ts";
import { DEFAULT_POLICY } from "../../../src/domain/incident/policy.ts";
import type { SeenCertificate } from "../../../src/domain/incident/sighting.ts";

const DAY = 86_400_000;
const END = Date.UTC(2027, 0, 1);
const EXPIRED = DEFAULT_POLICY.expiring.length + 1;

/** A certificate that was made for so many days. */
function lasting(days: number): SeenCertificate {
  return { fingerprint: "00", notBefore: END - days * DAY, notAfter: END };
}

/** The step when so many days are left. */
function stepAt(certificate: SeenCertificate, daysLeft: number) {
  return expiryStep(certificate, END - daysLeft * DAY, DEFAULT_POLICY);
}

describe("an expiring certificate", () => {
  test("of a year passes each threshold by its days", () => {
    const year = lasting(365);
    const steps = [31, 30, 29.9, 14, 13.9, 6.9, 2.9, 0.9, 0, -1].map(
      (left) => stepAt(year, left)?.step ?? 0,
    );
    expect(steps).toEqual([0, 0, 1, 1, 2, 3, 4, 5, EXPIRED, EXPIRED]);
  });

  test("of 90 days is told in its last 30, one of six days in its last two and not at birth", () => {
    expect([45, 30.1, 29.9].map((left) => stepAt(lasting(90), left)?.step)).toEqual([
      undefined,
      undefined,
      1,
    ]);
    expect([6, 2.1, 1.9, 0.9, 0.4].map((left) => stepAt(lasting(6), left)?.step)).toEqual([
      undefined,
      undefined,
      1,
      2,
      3,
    ]);
  });

  test("tells whole days, rounded down, and negative ones once it has expired", () => {
    expect([13.9, 1, 0.5, 0, -0.5].map((left) => stepAt(lasting(365), left)?.daysLeft)).toEqual([
      13, 1, 0, 0, -1,
    ]);
  });

  test("that was never valid expires all the same", () => {
    expect(stepAt(lasting(-5), 1)).toBeNull();
    expect(stepAt(lasting(-5), -1)?.step).toBe(EXPIRED);
  });

  test("only goes forward in time", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.array(fc.nat(900)), (days, hours) => {
        const steps = hours
          .toSorted((a, b) => b - a)
          .map((left) => stepAt(lasting(days), left / 24)?.step ?? 0);
        expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      }),
    );
  });
});
