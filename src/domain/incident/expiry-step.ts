import type { IncidentPolicy } from "./policy.ts";
import type { SeenCertificate } from "./sighting.ts";

const DAY_MS = 86_400_000;

/** How near the end of a certificate is. */
export interface ExpiryStep {
  /** Counts from 1, the first threshold; the one after the last threshold: it has expired. */
  readonly step: number;
  /** Whole days left, rounded down; negative once it has expired. */
  readonly daysLeft: number;
}

/**
 * The last threshold that a certificate has passed at `now` (milliseconds since the epoch), null before the first one.
 * Each is so many days, but no more than its share of the lifetime: a certificate for six days is not told at birth.
 */
export function expiryStep(
  { notBefore, notAfter }: SeenCertificate,
  now: number,
  { expiring }: Pick<IncidentPolicy, "expiring">,
): ExpiryStep | null {
  const leftMs = notAfter - now;
  const daysLeft = Math.floor(leftMs / DAY_MS);
  if (leftMs <= 0) return { step: expiring.length + 1, daysLeft };
  const lifetimeMs = Math.max(0, notAfter - notBefore);
  const passed = expiring.findLastIndex(
    ({ days, lifetimeShare }) => leftMs < Math.min(days * DAY_MS, lifetimeShare * lifetimeMs),
  );
  return passed < 0 ? null : { step: passed + 1, daysLeft };
}
