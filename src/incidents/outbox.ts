import { setTimeout as pause } from "node:timers/promises";
import type { Result } from "../domain/result.ts";
import type { Channel, SendProblem, Sent } from "../notify/channel.ts";
import { isPassing } from "../store/database.ts";
import {
  type ClaimedNotification,
  claimDue,
  dueChannels,
  markFailed,
  markSent,
  releaseClaims,
} from "../store/notifications.ts";
import { outboxStanding } from "../store/notification-upkeep.ts";
import { guarded, type OutboxOptions } from "./outbox-options.ts";
import { createRepeater } from "./outbox-repeat.ts";
import { withinTime } from "./within-time.ts";

/** Sends what waits in the outbox, each channel for itself: a slow or broken one holds up no other. */
export interface Outbox {
  /** Looks now rather than at the next second. */
  readonly wake: () => void;
  /** One look at all channels, or at one of them, to the end; throws what went wrong in the database. */
  readonly passNow: (only?: string) => Promise<void>;
  /** Begins nothing new, gives what is under way a few seconds, then ends it; channels are closed. */
  readonly stop: () => Promise<void>;
}

const TICK_MS = 1_000;
const TRY_MS = 30_000;
/** Twice the longest try: a lease ends only after its process must have died. */
const LEASE_MS = 2 * TRY_MS;
/** Messages that one channel sends at a time. */
const AT_A_TIME = 4;
const STANDING_EVERY_MS = 15_000;
const STOP_MS = 3_000;
/** A receiver has the message already: its mark is worth some patience. */
const MARK_TRIES = 20;

/** Sends from the outbox every second until it is stopped. */
export function startOutbox(options: OutboxOptions): Outbox {
  const outbox = createOutbox(options);
  const tick = setInterval(outbox.wake, TICK_MS);
  outbox.wake();
  return {
    ...outbox,
    stop() {
      clearInterval(tick);
      return outbox.stop();
    },
  };
}

/** The same without a timer of its own. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { db, channels, log, clock, metrics } = options;
  const lanes = new Map(
    channels.map((each) => [each.channel.name, createLane(each, options)] as const),
  );
  const repeater = createRepeater(options);
  metrics.setChannels([...lanes.keys()]);
  let released = options.alone !== true;
  let standingAt = -Infinity;
  let stopping = false;

  /** What is to be run; each lane and the repetition run on their own from here. */
  const look = async (only?: string): Promise<Promise<void>[]> => {
    if (!released) await releaseClaims(db);
    released = true;
    const now = clock();
    const due = await dueChannels(db, new Date(now));
    const names = due.filter((name) => only === undefined || name === only);
    if (now - standingAt >= STANDING_EVERY_MS || names.length > 0) {
      standingAt = now;
      metrics.setOutbox(await outboxStanding(db));
    }
    // Nothing is waited for between here and whoever hears how they end: one that fails unheard ends the process.
    const runs = names.map((name) => lanes.get(name)?.run() ?? dropUnknown(options, name));
    return [...runs, repeater.run()];
  };
  const complain = (error: unknown) => {
    const level = isPassing(error) ? "warn" : "error";
    log[level]({ err: error }, "notifications wait; they are looked at again");
  };
  // A run that goes on for long is met again each second: its fault is told once.
  const heard = new WeakSet<Promise<void>>();
  const hear = (run: Promise<void>) => {
    if (!heard.has(run)) run.catch(complain);
    heard.add(run);
  };
  let looking: Promise<void> | null = null;
  return {
    wake() {
      if (stopping || looking) return;
      looking = look()
        .then((runs) => runs.forEach(hear))
        .catch(complain)
        .finally(() => (looking = null));
    },
    async passNow(only) {
      await Promise.all(await look(only));
      metrics.setOutbox(await outboxStanding(db));
    },
    async stop() {
      stopping = true;
      await looking;
      await Promise.all([...lanes.values(), repeater].map((each) => each.stop(STOP_MS)));
      for (const { channel } of channels) channel.close();
    },
  };
}

/** Waits out a change of the configuration for a day, as it would a receiver that is away. */
async function dropUnknown({ db, clock, random, log }: OutboxOptions, channel: string) {
  const now = new Date(clock());
  const claim = { channel, rate: null, now, leaseMs: LEASE_MS, limit: AT_A_TIME };
  const what = "no channel of this name is configured";
  for (const claimed of await claimDue(db, claim)) {
    const facts = { now, what, permanent: false, retryAfterMs: null, progress: claimed.progress };
    await markFailed(db, claimed, { ...facts, random: (random ?? Math.random)() });
    log.warn({ channel, notification: claimed.id }, what);
  }
}

/** One channel's sending; at most one run at a time. */
function createLane(
  { channel, rate }: OutboxOptions["channels"][number],
  options: OutboxOptions,
): { run(): Promise<void>; stop(withinMs: number): Promise<void> } {
  const { db, clock } = options;
  const tries = withinTime(options.tryMs ?? TRY_MS);
  const claim = { channel: channel.name, rate, leaseMs: LEASE_MS, limit: AT_A_TIME };
  let running: Promise<void> | null = null;
  let stopped = false;
  const work = async () => {
    for (;;) {
      if (stopped) return;
      const claimed = await claimDue(db, { ...claim, now: new Date(clock()) });
      if (claimed.length === 0) return;
      await Promise.all(
        claimed.map(async (each) => record(options, each, await attempt(channel, each))),
      );
      options.onChanged?.();
    }
  };
  const attempt = (channel: Channel, claimed: ClaimedNotification) => {
    const { dedupeKey, receipt, progress } = claimed;
    return guarded(options, channel.name, () =>
      tries.run((signal) =>
        channel.send(claimed.message, { dedupeKey, receipt, progress, now: clock(), signal }),
      ),
    );
  };
  return {
    run() {
      running ??= work().finally(() => (running = null));
      return running;
    },
    async stop(withinMs) {
      stopped = true;
      await tries.stop(withinMs);
      // A fault was told by whoever waits for the run.
      await running?.catch(() => undefined);
    },
  };
}

async function record(
  { db, clock, metrics, log, random = Math.random, markPauseMs = TICK_MS }: OutboxOptions,
  claimed: ClaimedNotification,
  result: Result<Sent, SendProblem>,
): Promise<void> {
  const { id, channel } = claimed;
  if (result.ok) {
    metrics.notified(channel);
    if (result.value.note !== null) {
      metrics.notifyFailed(channel);
      log.warn({ channel, notification: id, why: result.value.note }, "sent, but not to all");
    }
    await patiently(markPauseMs, () =>
      markSent(db, id, { now: new Date(clock()), ...result.value }),
    );
    return;
  }
  metrics.notifyFailed(channel);
  const failed = { ...result.problem, now: new Date(clock()), random: random() };
  const end = await patiently(markPauseMs, () => markFailed(db, claimed, failed));
  const facts = { channel, notification: id, tries: claimed.attempts, why: failed.what };
  if (end === "dead") log.error(facts, "a notification is given up");
  else log.warn(facts, "a notification was not taken; it is tried again");
}

/** What was sent and is not marked would be sent again: a database that comes back soon is waited for. */
async function patiently<Value>(pauseMs: number, mark: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await mark();
    } catch (error) {
      if (!isPassing(error) || tries >= MARK_TRIES) throw error;
      await pause(pauseMs);
    }
  }
}
