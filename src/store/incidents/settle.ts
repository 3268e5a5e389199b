import type { Router } from "../../domain/incident/notice.ts";
import type { IncidentPolicy } from "../../domain/incident/policy.ts";
import type { Database } from "../database.ts";
import { expandOccurrences } from "../maintenance-occurrences.ts";
import { closeRetired } from "./close-retired.ts";
import { followCauses } from "./causes.ts";
import { followExpiring } from "./expiring.ts";
import { lockIncidents } from "./lock.ts";
import { followMassFailures } from "./mass-breaker.ts";
import { createSettleMemory, refreshNameServers, type SettleMemory } from "./name-server-book.ts";
import { readOpenRows } from "./open-rows.ts";
import { followRegressions } from "./regressions.ts";
import type { Round } from "./round.ts";
import { readSeverities } from "./severities.ts";
import { ShareBook } from "./shares.ts";
import { tellAll } from "./tell.ts";
import { followVantages } from "./vantage-parts.ts";
import { readVantages } from "./vantage-tracks.ts";

/** What a round is decided by. */
export interface SettleOptions {
  readonly policy: IncidentPolicy;
  /** Who is told; null: there are no channels. */
  readonly router: Router | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly intervalMs: number;
  /** Everything is made up: a demonstration. */
  readonly madeUp: boolean;
  readonly toldBy: "channels" | "prometheus";
  /** Since when results can be expected, milliseconds since the epoch; default: always. */
  readonly watchingSince?: number;
  /** What rounds remember between them; default: nothing. */
  readonly memory?: SettleMemory;
  /** Whether to look as well at what changes slowly: audits, certificates, what is retired; default: yes. */
  readonly thorough?: boolean;
}

/**
 * One round over everything that is open, in one transaction; level-triggered, so that a round that was lost is made
 * up for by the next one. Returns the numbers of incidents that changed.
 */
export async function settle(
  db: Database,
  options: SettleOptions,
): Promise<{ changed: readonly number[] }> {
  const { memory = createSettleMemory(), thorough = true, now } = options;
  // Before the lock: reading all zones takes a while, and is seldom.
  if (await hasOrphans(db)) await refreshNameServers(db, memory, now);
  return db.transaction().execute(async (trx) => {
    await lockIncidents(trx);
    const changed = new Set<number>();
    const round: Round = {
      ...options,
      trx,
      memory,
      watchingSince: options.watchingSince ?? Number.NEGATIVE_INFINITY,
      severityOf: await readSeverities(trx),
      note: (ids) => {
        for (const id of ids) changed.add(id);
      },
    };
    await lookAround(round, thorough);
    return { changed: [...changed] };
  });
}

/** From the place itself to what is said: each step works with what the ones before it left. */
async function lookAround(round: Round, thorough: boolean): Promise<void> {
  const { trx, now } = round;
  const vantages = await readVantages(trx);
  await followVantages(round, vantages);
  await followMassFailures(round, vantages);
  if (thorough) {
    await expandOccurrences(trx, now);
    await followRegressions(round);
    await followExpiring(round);
    round.note(await closeRetired(trx, now));
  }
  const surroundings = { vantages, book: new ShareBook(trx, round.memory) };
  await followCauses(round, await readOpenRows(trx), surroundings);
  await tellAll(round, await readOpenRows(trx), surroundings);
}

/** Whether anything is open that could have a cause in common with others. */
async function hasOrphans(db: Database): Promise<boolean> {
  const one = await db
    .selectFrom("incident")
    .select("id")
    .where("resolved_at", "is", null)
    .where("kind", "in", ["down", "unresolvable"])
    .where("told_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return one !== undefined;
}
