import type { Channel } from "../notify/channel.ts";
import { toldThrough } from "../store/notification-upkeep.ts";
import { guarded, type OutboxOptions } from "./outbox-options.ts";
import { withinTime } from "./within-time.ts";

const TRY_MS = 30_000;

/** Tells those receivers again and again what is open that would forget it otherwise. */
export interface Repeater {
  /** Runs the repetitions that are due; of one channel at most one at a time. */
  run(): Promise<void>;
  stop(withinMs: number): Promise<void>;
}

/** The repetitions of all channels that need one. */
export function createRepeater(options: OutboxOptions): Repeater {
  const { clock, tryMs = TRY_MS } = options;
  const tries = withinTime(tryMs);
  const lastAt = new Map<string, number>();
  const running = new Map<string, Promise<void>>();
  let stopped = false;

  const start = ({ channel }: OutboxOptions["channels"][number]): Promise<void>[] => {
    const { name, sync } = channel;
    const current = running.get(name);
    if (current !== undefined) return [current];
    const now = clock();
    const last = lastAt.get(name);
    // A clock that went back counts as time that passed.
    const early = last !== undefined && now >= last && now - last < (sync?.everyMs ?? Infinity);
    if (stopped || sync === undefined || early) return [];
    lastAt.set(name, now);
    const run = repeat(channel, sync, now).finally(() => running.delete(name));
    running.set(name, run);
    return [run];
  };
  const repeat = async (channel: Channel, sync: NonNullable<Channel["sync"]>, now: number) => {
    const { db, metrics, log } = options;
    const told = await toldThrough(db, channel.name, new Date(now - sync.afterEndMs));
    if (told.length === 0) return;
    const result = await guarded(options, channel.name, () =>
      tries.run((signal) => sync.send(told, { now, signal })),
    );
    const why = result.ok ? result.value.note : result.problem.what;
    if (why === null) return;
    metrics.notifyFailed(channel.name);
    log.warn({ channel: channel.name, why }, "what is open was not told again to all");
  };
  return {
    async run() {
      await Promise.all(options.channels.flatMap(start));
    },
    async stop(withinMs) {
      stopped = true;
      await tries.stop(withinMs);
      await Promise.allSettled(running.values());
    },
  };
}
