import type { Heartbeat } from "../notify/heartbeat.ts";
import type { OutboxLog, OutboxMetrics } from "./outbox-options.ts";

/** The name under which the metrics of channels count the heartbeat. */
export const HEARTBEAT = "heartbeat";

/** Beats after rounds. */
export interface HeartbeatRounds {
  /** To be called when a round is complete; nobody waits for the beat. */
  readonly roundCompleted: () => void;
  readonly stop: () => Promise<void>;
}

/** A beat for each round; one that still runs when the next round ends stands for both. */
export function startHeartbeat(
  heartbeat: Heartbeat,
  { log, metrics }: { log: OutboxLog; metrics: Pick<OutboxMetrics, "notified" | "notifyFailed"> },
): HeartbeatRounds {
  let running: Promise<void> | null = null;
  let failing = false;
  const beat = async () => {
    const beaten = await heartbeat.beat();
    if (beaten.ok) metrics.notified(HEARTBEAT);
    else {
      metrics.notifyFailed(HEARTBEAT);
      // Once: the next round is a minute away.
      if (!failing) log.warn({ why: beaten.problem.what }, "the heartbeat was not taken");
    }
    failing = !beaten.ok;
  };
  return {
    roundCompleted() {
      running ??= beat()
        .catch((error: unknown) =>
          log.error({ err: error }, "the heartbeat failed by a fault of ours"),
        )
        .finally(() => (running = null));
    },
    async stop() {
      heartbeat.close();
      await running;
    },
  };
}
