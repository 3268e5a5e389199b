import { createOutbox } from "../../../src/incidents/outbox.ts";
import type { IncidentPolicy } from "../../../src/domain/incident/policy.ts";
import type { ProbeResult } from "../../../src/domain/observation.ts";
import type { NotifyConfig } from "../../../src/notify/config.ts";
import { createChannels } from "../../../src/notify/create-channels.ts";
import type { Database } from "../../../src/store/database.ts";
import { createLedger } from "../../../src/store/incidents/ledger.ts";
import { createSettleMemory } from "../../../src/store/incidents/name-server-book.ts";
import { settle } from "../../../src/store/incidents/settle.ts";
import { readChannelState, writeChannelState } from "../../../src/store/notify-channels.ts";
import { BatchStore } from "../../../src/store/result-batch.ts";
import { recordingLog } from "../../store/helpers/tables.ts";

export interface ProcessOptions {
  readonly db: Database;
  readonly policy: IncidentPolicy;
  readonly intervalMs: number;
  readonly notify: NotifyConfig;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** The parts of one running service that incidents go through, each moved by hand instead of by its timer. */
export interface Process {
  /** Stores results with what was refused before; what is refused again waits. */
  store(results: readonly ProbeResult[]): Promise<void>;
  settle(): Promise<void>;
  deliver(): Promise<void>;
  /** Whether what goes wrong is kept in `faults` rather than thrown. */
  lossy: boolean;
  readonly faults: unknown[];
  stop(): Promise<void>;
}

/** Starts them on a database; what an earlier process knew in memory is not there. */
export function startProcess(options: ProcessOptions): Process {
  const { db, policy, intervalMs, notify, clock } = options;
  const ledger = createLedger({ policy, intervalMs, network: "internet" });
  const batches = new BatchStore(db, clock, ledger);
  const log = recordingLog();
  const nothing = () => undefined;
  const outbox = createOutbox({
    db,
    channels: createChannels(notify.channels, {
      mail: null,
      texts: { timezone: "Asia/Ho_Chi_Minh", publicUrl: null },
      stateOf: (channel) => ({
        read: () => readChannelState(db, channel.name),
        write: (state) => writeChannelState(db, channel, state, new Date(clock())),
      }),
    }),
    log,
    clock,
    metrics: {
      setChannels: nothing,
      notified: nothing,
      notifyFailed: nothing,
      setOutbox: nothing,
    },
    random: () => 0.5,
  });
  const memory = createSettleMemory();
  const watchingSince = clock();
  let waiting: ProbeResult[] = [];
  const guarded = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      if (!process.lossy) throw error;
      process.faults.push(error);
    }
  };
  const process: Process = {
    lossy: false,
    faults: [],
    store: (results) =>
      guarded(async () => {
        waiting = [...waiting, ...results];
        await batches.store(waiting);
        waiting = [];
      }),
    settle: () =>
      guarded(() =>
        settle(db, {
          policy,
          router: notify.router,
          now: clock(),
          intervalMs,
          madeUp: false,
          toldBy: "channels",
          watchingSince,
          memory,
        }),
      ),
    deliver: () => guarded(() => outbox.passNow()),
    stop: () => outbox.stop(),
  };
  return process;
}
