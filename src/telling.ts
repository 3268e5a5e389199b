import type { Config } from "./config.ts";
import { FAMILIES } from "./domain/family.ts";
import type { Router } from "./domain/incident/notice.ts";
import type { LiveBus } from "./domain/live.ts";
import type { ProbeResult } from "./domain/observation.ts";
import { HEARTBEAT, startHeartbeat } from "./incidents/heartbeat-rounds.ts";
import { startIncidents } from "./incidents/index.ts";
import { startOutbox } from "./incidents/outbox.ts";
import type { OutboxMetrics } from "./incidents/outbox-options.ts";
import { createProbeRounds } from "./incidents/probe-rounds.ts";
import type { Logger } from "./log.ts";
import { configuredChannels, configuredNotify } from "./notify-options.ts";
import { createHeartbeat } from "./notify/heartbeat.ts";
import type { NotifyConfig } from "./notify/config.ts";
import type { Database } from "./store/database.ts";
import type { Teardown } from "./teardown.ts";

/** The part that tells people and watchers. */
export interface Telling {
  /** Who is told; null: there is no configuration of channels. */
  readonly router: Router | null;
  readonly channels: readonly { readonly name: string; readonly kind: string }[];
  /** Takes in what was probed, for the heartbeat after each round. */
  readonly record: (results: readonly ProbeResult[]) => void;
}

/** What telling is started with. */
export interface TellingOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly metrics: OutboxMetrics;
  /** Portals that are probed. */
  readonly portals: () => number;
  /** Whether no other process can be on this database. */
  readonly alone: boolean;
  readonly live: LiveBus;
}

/** Starts the look at incidents, the outbox and, where one is configured, the heartbeat. Throws UsageError for a NOTIFY_FILE that can't be used. */
export function startTelling(db: Database, options: TellingOptions, teardown: Teardown): Telling {
  const { config, log, metrics, alone, live } = options;
  const notify = configuredNotify(config);
  const clock = Date.now;
  const channels = notify === null ? [] : configuredChannels(db, config, notify, clock);
  // The page of the outbox, and what an incident's page says of who was told.
  const onChanged = () => live.publish({ type: "incidents", ids: [] });
  const outbox = startOutbox({ db, channels, log, clock, metrics, alone, onChanged });
  teardown.add("outbox", outbox.stop);
  const router = notify?.router ?? null;
  const { incidentPolicy: policy } = config;
  const incidents = startIncidents({ db, config, policy, router, live, log, clock });
  teardown.add("incidents", () => incidents.stop());
  return {
    router,
    channels: channels.map(({ channel: { name, kind } }) => ({ name, kind })),
    record: startRounds(notify, options, teardown),
  };
}

function startRounds(
  notify: NotifyConfig | null,
  { config, log, metrics, portals }: TellingOptions,
  teardown: Teardown,
): Telling["record"] {
  if (notify?.heartbeat == null) return () => undefined;
  metrics.setChannels([HEARTBEAT]);
  const heartbeat = startHeartbeat(createHeartbeat(notify.heartbeat), { log, metrics });
  teardown.add("heartbeat", heartbeat.stop);
  const rounds = createProbeRounds({
    intervalMs: config.probeIntervalMs,
    expected: () => portals() * FAMILIES.length,
    onRound: heartbeat.roundCompleted,
  });
  return rounds.record;
}
