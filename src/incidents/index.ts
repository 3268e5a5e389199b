import type { Router } from "../domain/incident/notice.ts";
import type { IncidentPolicy } from "../domain/incident/policy.ts";
import type { LiveBus } from "../domain/live.ts";
import { type Database, isPassing } from "../store/database.ts";
import { createSettleMemory } from "../store/incidents/name-server-book.ts";
import { settle } from "../store/incidents/settle.ts";

/** What the loop needs of the configuration. */
export interface IncidentsConfig {
  readonly probeIntervalMs: number;
  readonly madeUp: boolean;
  /** Who speaks about incidents: our own channels, or rules of Prometheus. */
  readonly incidentsToldBy: "channels" | "prometheus";
}

/** What the loop logs to. */
export interface IncidentsLog {
  error(facts: object, text: string): void;
}

export interface IncidentsOptions {
  readonly db: Database;
  readonly config: IncidentsConfig;
  readonly policy: IncidentPolicy;
  /** Who is told; null: there are no channels. */
  readonly router: Router | null;
  readonly live: LiveBus;
  readonly log: IncidentsLog;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** The part that looks at all incidents again and again. */
export interface Incidents {
  /** Begins nothing new, and gives the round that is under way a few seconds. */
  stop(): Promise<void>;
  /** One thorough round, after the one that is under way; throws what it throws. */
  settleNow(): Promise<void>;
}

const TICK_MS = 1000;
/** How often a round looks at what changes slowly as well. */
const THOROUGH_EVERY_MS = 60_000;
const STOP_MS = 3000;

/**
 * Looks every second at what is open: groups, tells, escalates. Nothing that matters is held in memory, so it may end at
 * any moment; what was not committed is looked at again by the next round, and by the next process.
 */
export function startIncidents(options: IncidentsOptions): Incidents {
  const { log } = options;
  const round = createRounds(options);
  const complained = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  let busy = false;
  let stopped = false;

  /** One after the other. */
  const queue = (thorough: boolean): Promise<void> => {
    const next = last.then(() => round(thorough));
    last = next.catch(() => undefined);
    return next;
  };
  const complain = (error: unknown) => {
    // A database that is away is told by those who write to it.
    if (isPassing(error) || stopped) return;
    const kind = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    if (complained.has(kind)) return;
    complained.add(kind);
    log.error({ err: error }, "incidents were not looked at; the next round tries again");
  };
  const tick = setInterval(() => {
    if (busy) return;
    busy = true;
    queue(false)
      .then(() => complained.clear(), complain)
      .finally(() => (busy = false));
  }, TICK_MS);
  return {
    async stop() {
      stopped = true;
      clearInterval(tick);
      await Promise.race([last, afterMs(STOP_MS)]);
    },
    settleNow: () => queue(true),
  };
}

/** Rounds that remember when they looked at everything. */
function createRounds({ db, config, policy, router, live, clock }: IncidentsOptions) {
  const memory = createSettleMemory();
  const watchingSince = clock();
  const toldBy = config.incidentsToldBy;
  let thoroughAt = -Infinity;
  return async (asked: boolean) => {
    const now = clock();
    // A clock that went back counts as time that passed.
    const isDue = now < thoroughAt || now - thoroughAt >= THOROUGH_EVERY_MS;
    const thorough = asked || isDue;
    const { changed } = await settle(db, {
      policy,
      router: toldBy === "prometheus" ? null : router,
      now,
      intervalMs: config.probeIntervalMs,
      madeUp: config.madeUp,
      toldBy,
      watchingSince,
      memory,
      thorough,
    });
    if (thorough) thoroughAt = now;
    if (changed.length > 0) live.publish({ type: "incidents", ids: changed });
  };
}

function afterMs(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
