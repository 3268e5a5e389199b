/** A try whose process died is made again after this; no conversation of ours lasts nearly as long. */
const LEASE_MS = 15 * 60_000;

/** After the first failure; each further one doubles it. */
const FIRST_PAUSE_MS = 10 * 60_000;
const LONGEST_PAUSE_MS = 12 * 3_600_000;

/** How a try to send a mail ended. */
export interface TryEnd {
  readonly state: "sent" | "failed";
  readonly at: Date;
  readonly error: string | null;
  /** When the next one may begin; null: there is none. */
  readonly retry_at: Date | null;
}

/** Until when a try that begins now belongs to who began it. */
export function leaseUntil(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}

/** The server took the message. */
export function sentTry(now: Date): TryEnd {
  return { state: "sent", at: now, error: null, retry_at: null };
}

/** It did not: why, and when the next try is; for a permanent problem there is none. `attempt` counts from 1. */
export function failedTry(
  attempt: number,
  problem: { readonly permanent: boolean; readonly what: string },
  now: Date,
): TryEnd {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
  const retryAt = problem.permanent ? null : new Date(now.getTime() + pause);
  return { state: "failed", at: now, error: problem.what, retry_at: retryAt };
}
