import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";

/** The timer that measures how long the event loop is held ticks so often. */
const RESOLUTION_MS = 1;

/**
 * Tells the process that started this one where it listens, and answers its questions from then on: `state`, and what
 * `actions` has by name.
 */
export function serveParent(
  url: string,
  facts: Readonly<Record<string, number>> = {},
  actions: Readonly<Record<string, () => void | Promise<void>>> = {},
): void {
  const held = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  held.enable();
  const answer = async (what: string) => {
    const action = actions[what];
    if (!action) return { heldMs: Math.max(0, held.max / 1e6 - RESOLUTION_MS) };
    await action();
    // What the action held the loop with is seen by the timer, and not counted.
    await yieldToEventLoop();
    return {};
  };
  process.on("message", (what: string) => {
    void answer(what).then((found) => {
      held.reset();
      process.send?.(found);
    });
  });
  process.once("disconnect", () => process.exit());
  process.send?.({ url, ...facts });
}
