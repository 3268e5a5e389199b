import type { DeliveryRate } from "../domain/incident/delivery.ts";
import { type Result, refused } from "../domain/result.ts";
import { type Channel, problem, type SendProblem, type Sent } from "../notify/channel.ts";
import type { Database } from "../store/database.ts";
import type { OutboxStanding } from "../store/notification-upkeep.ts";

/** What the outbox logs to. */
export interface OutboxLog {
  error(facts: object, text: string): void;
  warn(facts: object, text: string): void;
}

/** What the outbox tells of its work. */
export interface OutboxMetrics {
  setChannels(names: readonly string[]): void;
  notified(channel: string): void;
  notifyFailed(channel: string): void;
  setOutbox(standing: OutboxStanding): void;
}

export interface OutboxOptions {
  readonly db: Database;
  readonly channels: readonly { readonly channel: Channel; readonly rate: DeliveryRate | null }[];
  readonly log: OutboxLog;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly metrics: OutboxMetrics;
  /** Told after messages were tried and marked. */
  readonly onChanged?: () => void;
  /** Whether no other process can be on this database: what is called claimed then died with an earlier one. */
  readonly alone?: boolean;
  /** 0–1; default by chance. */
  readonly random?: () => number;
  /** How long one try may take, milliseconds. */
  readonly tryMs?: number;
  /** How long it waits for a database that is away before it marks again what was sent, milliseconds. */
  readonly markPauseMs?: number;
}

/** A channel that throws is a fault of ours; its message waits like any other. */
export async function guarded(
  { log }: Pick<OutboxOptions, "log">,
  channel: string,
  send: () => Promise<Result<Sent, SendProblem>>,
): Promise<Result<Sent, SendProblem>> {
  try {
    return await send();
  } catch (error) {
    log.error({ err: error, channel }, "a channel failed by a fault of ours");
    return refused(problem(`fault: ${error instanceof Error ? error.name : "unknown"}`));
  }
}
