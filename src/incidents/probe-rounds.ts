import type { ProbeResult } from "../domain/observation.ts";

/** Knows when every target was probed once more. */
export interface ProbeRounds {
  readonly record: (
    results: readonly Pick<ProbeResult, "scheduledAt" | "attempt" | "outcome">[],
  ) => void;
}

export interface ProbeRoundsOptions {
  readonly intervalMs: number;
  /** Runs that are due in an interval: portals times families. */
  readonly expected: () => number;
  readonly onRound: () => void;
}

/** A round is complete with this share of its runs: single ones are skipped on a busy address, or end late. */
const ROUND_SHARE = 0.95;

/** Rounds that are counted at a time: the present one, and what comes late of the one before. */
const COUNTED = 2;

/**
 * Calls once for each interval of the schedule in which nearly all runs that were due have ended; a skipped run was
 * none, and confirmations are none either. Intervals are told apart by when runs were due, not by when they ended.
 */
export function createProbeRounds({
  intervalMs,
  expected,
  onRound,
}: ProbeRoundsOptions): ProbeRounds {
  const counts = new Map<number, number>();
  let told = -Infinity;
  return {
    record(results) {
      for (const { scheduledAt, attempt, outcome } of results) {
        const round = Math.floor(scheduledAt / intervalMs);
        if (attempt !== 0 || outcome === "skipped" || round <= told) continue;
        const count = (counts.get(round) ?? 0) + 1;
        counts.set(round, count);
        const due = expected();
        if (due === 0 || count < due * ROUND_SHARE) continue;
        told = round;
        onRound();
      }
      const newest = Math.max(told, ...counts.keys());
      for (const round of counts.keys()) {
        if (round <= told || round <= newest - COUNTED) counts.delete(round);
      }
    },
  };
}
