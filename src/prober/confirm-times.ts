import { stableHash } from "../domain/schedule.ts";

/**
 * When a failure is looked at again after it is known, milliseconds, and what part of a short interval that is at most:
 * the second look ends before the next scheduled one begins.
 */
const AFTER_MS = [10_000, 30_000] as const;
const PARTS = [1 / 6, 1 / 2] as const;

/** Each time is up to this share earlier or later, so that portals that fail together do not come again together. */
const JITTER = 0.3;

/** How long after a failure is known each of its confirmations begins, by default; milliseconds, in order. */
export function confirmAfter(intervalMs: number): readonly number[] {
  return AFTER_MS.map((after, index) => Math.min(after, intervalMs * (PARTS[index] ?? 1)));
}

/** That time for one confirmation of one slot, jittered: the same for the same key, slot and attempt. */
export function jittered(afterMs: number, key: string, scheduledAt: number, attempt: number) {
  const share = stableHash(`confirm ${key} ${scheduledAt} ${attempt}`) / 2 ** 32;
  return afterMs * (1 - JITTER + 2 * JITTER * share);
}
