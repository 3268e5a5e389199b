import { type Result, refused } from "../domain/result.ts";
import { problem, type SendProblem } from "../notify/channel.ts";

/** Runs work that may take only so long. */
export interface TimedWork {
  /** What the work comes to, or that its time is over; the work is told by the signal and not waited for long. */
  run<Value>(
    work: (signal: AbortSignal) => Promise<Result<Value, SendProblem>>,
  ): Promise<Result<Value, SendProblem>>;
  /** Gives what is under way so long, then ends it. */
  stop(withinMs: number): Promise<void>;
}

/** What heeds the signal ends within this, and says what it has done already. */
const LAST_WORD_MS = 100;

/** Work that may take so many milliseconds each. */
export function withinTime(limitMs: number): TimedWork {
  const underWay = new Map<AbortController, Promise<unknown>>();
  return {
    async run(work) {
      const controller = new AbortController();
      const { signal } = controller;
      const { promise: over, resolve } = Promise.withResolvers<Result<never, SendProblem>>();
      const giveUp = () => resolve(refused(problem(String(signal.reason))));
      signal.addEventListener("abort", () => setTimeout(giveUp, LAST_WORD_MS), { once: true });
      const timer = setTimeout(
        () => controller.abort(`no end within ${limitMs / 1000} s`),
        limitMs,
      );
      const ended = Promise.race([work(signal), over]);
      underWay.set(controller, ended);
      try {
        return await ended;
      } finally {
        clearTimeout(timer);
        underWay.delete(controller);
      }
    },
    async stop(withinMs) {
      const timer = setTimeout(() => {
        for (const controller of underWay.keys()) controller.abort("the service stopped");
      }, withinMs);
      await Promise.allSettled(underWay.values());
      clearTimeout(timer);
    },
  };
}
