import { SELF_TEST_PATIENCE_MS } from "./confirmation.ts";

/** How the end of an audit waits for the self-test that vouches for it, milliseconds. */
export interface GatePace {
  /** How late that self-test may begin. */
  readonly withinMs: number;
  /** How long an audit waits for its end. */
  readonly patienceMs: number;
}

/** As often as the vantage point tests itself while all is well: every audit meets a test that is made anyway. */
const LONGEST_WAIT_MS = 30_000;

/** An audit keeps no more than this share of its time for the look at the vantage point after its last packet. */
const GATE_SHARE = 0.2;

/**
 * The pace for audits of this length. Short ones leave no time to share a self-test with others; those of the schedule
 * do, so that thousands of audits ask no anchor more often than none would.
 */
export function gatePace(timeoutMs: number): GatePace {
  const spare = timeoutMs * GATE_SHARE - SELF_TEST_PATIENCE_MS;
  const withinMs = Math.max(0, Math.min(LONGEST_WAIT_MS, spare));
  return { withinMs, patienceMs: withinMs + SELF_TEST_PATIENCE_MS };
}
