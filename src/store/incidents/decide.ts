import type { IncidentChange } from "../../domain/incident/change.ts";
import { decidePortal } from "../../domain/incident/decide-portal.ts";
import type { IncidentPolicy } from "../../domain/incident/policy.ts";
import { DAY_MS } from "../../domain/calendar.ts";
import type { Database } from "../database.ts";
import { applyChanges } from "./apply-changes.ts";
import { lockIncidents } from "./lock.ts";
import type { Moment } from "./moments.ts";
import { incidentsOfPortals } from "./open-incidents.ts";
import { type PortalWorld, readWorld, viewOf } from "./portal-world.ts";

export interface Deciding {
  readonly policy: IncidentPolicy;
  readonly intervalMs: number;
  /** Vantage points whose sights the moments hold. */
  readonly own: readonly number[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Decides at each moment of each portal, in order, and writes what follows; so what begins and ends within one batch is
 * kept with its times. Returns the numbers of the incidents that changed. Portals don't depend on each other: a round
 * takes each of them up to its next change, and all changes of a round are written together.
 */
export async function decideMoments(
  trx: Database,
  moments: ReadonlyMap<number, readonly Moment[]>,
  deciding: Deciding,
): Promise<number[]> {
  if (moments.size === 0) return [];
  await lockIncidents(trx);
  const earliest = [...moments.values()].map(([first]) => first?.at ?? deciding.now);
  // Those that ended earlier are of interest too: what a person ended opens only by a later failure.
  const endedAfter = Math.min(...earliest) - deciding.policy.reopenWithinMs - DAY_MS;
  const portals = [...moments.keys()];
  const { own, policy, intervalMs } = deciding;
  const freshMs = policy.freshIntervals * intervalMs;
  const world = await readWorld(trx, { portals, own, endedAfter, freshMs });
  const changed = new Set<number>();
  let queues = [...moments.values()].map((all) => [...all]);
  while (queues.length > 0) {
    const changes = queues.flatMap((queue) => nextChanges(queue, world, deciding));
    for (const id of await applyChanges(trx, changes, deciding.now)) changed.add(id);
    queues = queues.filter((queue) => queue.length > 0);
    if (queues.length > 0) await readAgain(trx, queues, world, endedAfter);
  }
  return [...changed];
}

/** Takes moments from the queue up to the first one that changes something; returns what. */
function nextChanges(
  queue: Moment[],
  world: PortalWorld,
  { policy, intervalMs, now }: Deciding,
): readonly IncidentChange[] {
  for (let moment = queue.shift(); moment; moment = queue.shift()) {
    const { portal, at, own, isNews } = moment;
    const view = viewOf(world, portal, { own, at, intervalMs });
    if (view === null || (!isNews && view.open.length === 0)) continue;
    const changes = decidePortal({ ...view, now }, policy);
    if (changes.length > 0) return changes;
  }
  return [];
}

async function readAgain(
  trx: Database,
  queues: readonly (readonly Moment[])[],
  world: PortalWorld,
  endedAfter: number,
): Promise<void> {
  const portals = queues.flatMap(([first]) => first?.portal ?? []);
  const incidents = await incidentsOfPortals(trx, portals, endedAfter);
  for (const portal of portals) {
    world.incidents.set(portal, incidents.get(portal) ?? { open: [], ended: [] });
  }
}
