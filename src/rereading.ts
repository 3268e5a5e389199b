import type { Logger } from "./log.ts";
import { oneAtATime } from "./one-at-a-time.ts";

/** Something that is read from the database again whenever it may have changed. */
export interface Rereading {
  /** Reads; calls that overlap share the next reading. */
  readonly refresh: () => Promise<void>;
  /** The same without waiting; a fault is logged and the next reading makes up for it. */
  readonly refreshSoon: () => void;
  /** Ends the polling and waits for the reading that is under way. */
  readonly stop: () => Promise<void>;
}

/** `failed`: what is logged of a fault; `everyMs`: how often it is read without being asked for, else never. */
export function rereading(
  read: () => Promise<void>,
  {
    log,
    failed,
    everyMs,
  }: { readonly log: Pick<Logger, "warn">; readonly failed: string; readonly everyMs?: number },
): Rereading {
  const next = oneAtATime(read);
  let last: Promise<void> = Promise.resolve();
  const refresh = () => {
    last = next();
    return last;
  };
  const refreshSoon = () => {
    refresh().catch((error: unknown) => log.warn({ err: error }, `${failed}; it is tried again`));
  };
  const poll = everyMs === undefined ? undefined : setInterval(refreshSoon, everyMs);
  const stop = async () => {
    clearInterval(poll);
    await last.catch(() => undefined);
  };
  return { refresh, refreshSoon, stop };
}
