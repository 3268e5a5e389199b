import type { OnProgress } from "../coverage/contract.ts";

/** Often enough to see that it goes on, seldom enough to cost nothing. */
const EVERY_MS = 500;
const EVERY_ROWS = 5000;

/** Passes progress on when half a second or 5,000 rows have gone by since the last time, and at a new step. */
export function seldom(tell: OnProgress, clock: () => number): OnProgress {
  let told: { step: string; rows: number; at: number } | null = null;
  return (step, rows) => {
    const at = clock();
    const due =
      told === null ||
      told.step !== step ||
      at - told.at >= EVERY_MS ||
      rows - told.rows >= EVERY_ROWS;
    if (!due) return;
    told = { step, rows, at };
    tell(step, rows);
  };
}
