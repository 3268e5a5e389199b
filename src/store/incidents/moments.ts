import { believedTrack } from "../../domain/incident/believed-track.ts";
import type { Sight } from "../../domain/incident/change.ts";
import { needsDecision } from "../../domain/incident/decide-portal.ts";
import type { IncidentPolicy } from "../../domain/incident/policy.ts";
import { reduceTrack } from "../../domain/incident/reduce-track.ts";
import type { Sighting } from "../../domain/incident/sighting.ts";
import type { TrackMemory } from "./track-memory.ts";

/** An instant at which a portal's incidents may have to be decided. */
export interface Moment {
  readonly portal: number;
  /** When the run began, milliseconds since the epoch. */
  readonly at: number;
  /** How this process's vantage points saw the portal then. */
  readonly own: readonly Sight[];
  /** Whether the run was news; one that was not matters only while the portal has an incident open. */
  readonly isNews: boolean;
}

/**
 * Takes sightings, in order, into the tracks, and tells at which of them something may have to be decided, by portal:
 * from its first news on, and from the start where it has an incident open.
 */
export function takeSightings(
  memory: TrackMemory,
  sightings: readonly Sighting[],
  { policy, now, open }: { policy: IncidentPolicy; now: number; open: ReadonlySet<number> },
): Map<number, Moment[]> {
  const moments = new Map<number, Moment[]>();
  for (const sighting of sightings) {
    const { portal, family, vantage, at } = sighting;
    const known = memory.get(portal, family, vantage);
    const before = believedTrack(known, at, open.has(portal));
    const isOld = before !== known;
    const reduction = reduceTrack(before, sighting, policy, now);
    const { track, worthKeeping } = reduction;
    if (track !== known) memory.stage({ portal, family, vantage, track }, worthKeeping || isOld);
    const isNews = needsDecision(reduction, false);
    const others = moments.get(portal);
    if (!isNews && others === undefined && !open.has(portal)) continue;
    const moment = { portal, at, own: memory.sightsOf(portal), isNews };
    if (others) others.push(moment);
    else moments.set(portal, [moment]);
  }
  return moments;
}
