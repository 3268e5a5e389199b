/** How many messages a channel takes: so many in a row, and so many a minute over time. */
export interface DeliveryRate {
  readonly per_minute: number;
  readonly burst: number;
}

const MINUTE = 60_000;

/** How far back sends matter to `tokensLeft`, milliseconds: several times what the bucket takes to fill. */
export function rateWindowMs({ per_minute, burst }: DeliveryRate): number {
  return Math.max(10 * MINUTE, (10 * MINUTE * burst) / per_minute);
}

/**
 * Messages that a channel may send now: a token bucket, replayed over the instants of the last sends (any order,
 * milliseconds since the epoch). What came before the window is taken for a full bucket.
 */
export function tokensLeft(rate: DeliveryRate, sentAt: readonly number[], now: number): number {
  const perMs = rate.per_minute / MINUTE;
  let level = rate.burst;
  let last = now - rateWindowMs(rate);
  for (const at of sentAt.toSorted((one, other) => one - other)) {
    // A send after `now` is a clock that went back: it counts as now.
    const when = Math.min(now, Math.max(at, last));
    level = Math.min(rate.burst, level + (when - last) * perMs) - 1;
    last = when;
  }
  // Sums of fractions: a token that is whole must not be missed by a rounding error.
  return Math.max(0, Math.floor(Math.min(rate.burst, level + (now - last) * perMs) + 1e-9));
}

/** One try of a notification that failed; instants in milliseconds since the epoch. */
export interface FailedTry {
  /** Tries so far, this one included. */
  readonly attempts: number;
  readonly createdAt: number;
  readonly now: number;
  /** How long the receiver asks to be left alone; null: it does not say. */
  readonly retryAfterMs: number | null;
  /** 0–1, so that many that failed together do not come back together. */
  readonly random: number;
}

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 60 * MINUTE;
/** After this long a message has become history; it is kept as dead. */
export const GIVE_UP_AFTER_MS = 24 * 60 * MINUTE;

/**
 * When to try again: after pauses that double from 10 s to an hour, a fifth more or less by chance, never before the
 * receiver allows it; the last time a day after it was due. Null: no more.
 */
export function nextTry(failed: FailedTry): number | null {
  const giveUpAt = failed.createdAt + GIVE_UP_AFTER_MS;
  if (failed.now >= giveUpAt) return null;
  const doubled = FIRST_PAUSE_MS * 2 ** Math.min(20, Math.max(0, failed.attempts - 1));
  const pause = Math.min(LONGEST_PAUSE_MS, doubled) * (0.8 + 0.4 * failed.random);
  return Math.min(giveUpAt, failed.now + Math.max(pause, failed.retryAfterMs ?? 0));
}
