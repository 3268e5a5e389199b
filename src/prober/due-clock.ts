import type { Due, Wheel } from "./wheel.ts";

/** The longest sleep, so that a wall clock that jumps is noticed within a second. */
const LONGEST_SLEEP_MS = 1000;

/** The one timer that turns the wheel. */
export interface DueClock {
  /** Changes the wheel's items: what has come until now is handed over before, nothing new is due earlier. */
  change(change: () => void): void;
  /** Hands over what has come until now, and nothing more. */
  stop(): void;
}

/** Turns the wheel by the wall clock and hands over each slot when it comes. */
export function startDueClock<T>(wheel: Wheel<T>, onDue: (due: Due<T>) => void): DueClock {
  let timer: NodeJS.Timeout;
  const sleep = () => {
    const next = wheel.nextAt() ?? Infinity;
    timer = setTimeout(turn, Math.min(LONGEST_SLEEP_MS, Math.max(0, next - Date.now())));
  };
  const handOver = () => {
    for (const due of wheel.advance(Date.now())) onDue(due);
  };
  const turn = () => {
    handOver();
    sleep();
  };
  sleep();
  return {
    change: (change) => {
      clearTimeout(timer);
      handOver();
      change();
      sleep();
    },
    stop: () => {
      clearTimeout(timer);
      handOver();
    },
  };
}
