import { FAMILIES, type Family } from "../family.ts";
import type { PortalKind } from "../portal.ts";
import { believedTrack } from "./believed-track.ts";
import type {
  EndedIncident,
  IncidentChange,
  IncidentFacts,
  OpenIncident,
  PortalView,
  Sight,
  Voter,
} from "./change.ts";
import { decidePortal, needsDecision } from "./decide-portal.ts";
import type { IncidentPolicy } from "./policy.ts";
import { reduceTrack } from "./reduce-track.ts";
import type { Sighting } from "./sighting.ts";

/** What a replay must know beside the runs. */
export interface ReplayWorld {
  readonly kindOf: (portal: number) => PortalKind;
  /** The vantage points as they stood at an instant, milliseconds since the epoch. */
  readonly votersAt: (at: number) => readonly Voter[];
  readonly intervalMs: number;
  readonly severityOf: PortalView["severityOf"];
}

/** An incident that a policy would have opened; the number counts from 1 in order of opening. */
export interface ReplayedIncident extends IncidentFacts {
  readonly id: number;
  /** First good observation; null while it is open. Milliseconds since the epoch. */
  readonly resolvedAt: number | null;
  readonly closedBy: string | null;
  /** How often it went on after it had ended. */
  readonly reopened: number;
}

/** A replay that is fed run by run. */
export interface Replay {
  /** Takes in one run; the runs of all vantage points in order of `at`. Returns what was done to incidents. */
  take(sighting: Sighting): readonly IncidentChange[];
  /** All that were opened so far, in order of opening. */
  incidents(): readonly ReplayedIncident[];
}

interface PortalMemory {
  readonly sights: Map<string, Sight>;
  readonly incidents: number[];
}

/** A replay without a run: the reducer and the decisions of the live service over memory in place of a database. */
export function createReplay(world: ReplayWorld, policy: IncidentPolicy): Replay {
  const portals = new Map<number, PortalMemory>();
  const book: ReplayedIncident[] = [];
  return {
    take(sighting) {
      const memory: PortalMemory = portals.get(sighting.portal) ?? {
        sights: new Map(),
        incidents: [],
      };
      portals.set(sighting.portal, memory);
      const { family, vantage } = sighting;
      const key = sightKey(family, vantage);
      const own = memory.incidents.flatMap((id) => book[id - 1] ?? []);
      const hasOpen = own.some((each) => each.resolvedAt === null);
      const before = believedTrack(memory.sights.get(key)?.track ?? null, sighting.at, hasOpen);
      const reduction = reduceTrack(before, sighting, policy);
      memory.sights.set(key, { family, vantage, track: reduction.track });
      if (!needsDecision(reduction, hasOpen)) return [];
      const changes = decidePortal(viewOf(sighting, memory, own, world, policy), policy);
      for (const change of changes) memory.incidents.push(...write(book, change));
      return changes;
    },
    incidents: () => [...book],
  };
}

/** The incidents that a policy would have opened over these runs, in order of opening. */
export function replay(
  sightings: Iterable<Sighting>,
  world: ReplayWorld,
  policy: IncidentPolicy,
): readonly ReplayedIncident[] {
  const run = createReplay(world, policy);
  for (const sighting of [...sightings].toSorted(byTime)) run.take(sighting);
  return run.incidents();
}

/** The order in which runs are taken in, live and replayed: by time, and where that is equal always the same. */
export function byTime(a: Sighting, b: Sighting): number {
  return (
    a.at - b.at ||
    a.portal - b.portal ||
    a.vantage - b.vantage ||
    FAMILIES.indexOf(a.family) - FAMILIES.indexOf(b.family) ||
    a.attempt - b.attempt
  );
}

function sightKey(family: Family, vantage: number): string {
  return `${family} ${vantage}`;
}

function viewOf(
  { portal, at }: Sighting,
  { sights }: PortalMemory,
  incidents: readonly ReplayedIncident[],
  world: ReplayWorld,
  { reopenWithinMs }: IncidentPolicy,
): PortalView {
  return {
    portal,
    portalKind: world.kindOf(portal),
    sights: [...sights.values()],
    voters: world.votersAt(at),
    open: incidents.filter(
      (each): each is ReplayedIncident & OpenIncident => each.resolvedAt === null,
    ),
    ended: incidents.filter(
      (each): each is ReplayedIncident & EndedIncident =>
        each.resolvedAt !== null && at - each.resolvedAt <= reopenWithinMs,
    ),
    at,
    intervalMs: world.intervalMs,
    severityOf: world.severityOf,
  };
}

/** Writes a change down; returns the number of an incident that is new. */
function write(book: ReplayedIncident[], change: IncidentChange): readonly number[] {
  if (change.type === "open") {
    const id = book.length + 1;
    book.push({ ...change.incident, id, resolvedAt: null, closedBy: null, reopened: 0 });
    return [id];
  }
  const was = book[change.id - 1];
  if (was === undefined) throw new Error(`No incident ${change.id} to ${change.type}`);
  book[change.id - 1] = { ...was, ...after(was, change) };
  return [];
}

function after(
  was: ReplayedIncident,
  change: Exclude<IncidentChange, { type: "open" }>,
): Partial<ReplayedIncident> {
  switch (change.type) {
    case "reopen":
      return { ...change.incident, resolvedAt: null, closedBy: null, reopened: was.reopened + 1 };
    case "change":
      return change.incident;
    case "resolve":
      return { resolvedAt: change.resolvedAt, closedBy: change.closedBy };
  }
}
