import type { FailureKind } from "../failure.ts";
import type { Confirmed } from "./policy.ts";
import type { ConditionTrack } from "./track.ts";

/** A condition of which nothing bad was ever seen. */
export const GOOD_CONDITION: ConditionTrack = {
  phase: "up",
  since: 0,
  bad: 0,
  confirmations: 0,
  good: 0,
  firstBadAt: null,
  lastBadAt: null,
  firstGoodAt: null,
  cause: null,
};

/** One telling run as a condition takes it in; `at` in milliseconds since the epoch. */
export interface Step {
  readonly at: number;
  /** Whether it repeats a failed scheduled run. */
  readonly confirmation: boolean;
  readonly cause: FailureKind | null;
}

/**
 * A condition after a bad run. It opens when it was bad often enough in a row, scheduled runs among them;
 * one that was recovering is down again at once, for it never was up.
 */
export function afterBad(was: ConditionTrack, step: Step, rule: Confirmed): ConditionTrack {
  const bad = was.bad + 1;
  const confirmations = was.confirmations + (step.confirmation ? 1 : 0);
  const isConfirmed = bad >= rule.openAfter && bad - confirmations >= rule.openAfterScheduled;
  const wasDown = was.phase === "down" || was.phase === "recovering";
  const phase = wasDown || isConfirmed ? "down" : "suspect";
  return {
    phase,
    since: phase === was.phase ? was.since : step.at,
    bad,
    confirmations,
    good: 0,
    firstBadAt: was.phase === "up" ? step.at : (was.firstBadAt ?? step.at),
    lastBadAt: step.at,
    firstGoodAt: null,
    cause: step.cause,
  };
}

/**
 * A condition after a good run: the same object while it is up. A suspicion ends at once; what was confirmed ends
 * after enough good scheduled runs, confirmations do not count among them.
 */
export function afterGood(was: ConditionTrack, step: Step, rule: Confirmed): ConditionTrack {
  if (was.phase === "up") return was;
  const wasDown = was.phase !== "suspect";
  const good = wasDown ? was.good + (step.confirmation ? 0 : 1) : 0;
  const phase = wasDown && good < rule.closeAfter ? "recovering" : "up";
  return {
    ...was,
    phase,
    since: phase === was.phase ? was.since : step.at,
    bad: 0,
    confirmations: 0,
    good,
    firstGoodAt: was.firstGoodAt ?? step.at,
  };
}
