import type { Logger } from "./log.ts";

/** What must be undone at a stop, in reverse order of adding; each step runs even if one before it failed. */
export interface Teardown {
  /** Adds a step; one that comes after the teardown began is run at once. */
  add(what: string, step: () => Promise<void>): void;
  /** Runs all steps, once; later calls wait for the same run. */
  run(): Promise<void>;
}

export function createTeardown(log: Pick<Logger, "error" | "debug">): Teardown {
  const steps: { what: string; step: () => Promise<void> }[] = [];
  let running: Promise<void> | null = null;

  const undo = async ({ what, step }: { what: string; step: () => Promise<void> }) => {
    try {
      await step();
      log.debug({ part: what }, "stopped");
    } catch (error) {
      log.error({ err: error, part: what }, "a part did not stop in good order");
    }
  };
  const runAll = async () => {
    for (let last = steps.pop(); last; last = steps.pop()) await undo(last);
  };
  return {
    add(what, step) {
      steps.push({ what, step });
      if (running) running = running.then(runAll);
    },
    run() {
      running ??= runAll();
      return running;
    },
  };
}
