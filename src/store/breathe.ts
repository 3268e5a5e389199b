import { setImmediate } from "node:timers/promises";

/**
 * Lets other work of this thread go first. The embedded database computes on the thread that asks it and answers
 * without a turn of the event loop: long work takes a breath between its statements.
 */
export function breathe(): Promise<void> {
  return setImmediate();
}
