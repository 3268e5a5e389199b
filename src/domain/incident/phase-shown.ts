import type { Condition, ConditionPhase, Track } from "./track.ts";

/** How old a track may be to be believed: a number of probe intervals (milliseconds). */
export interface Freshness {
  readonly intervalMs: number;
  readonly freshIntervals: number;
}

/**
 * Whether the last run that told something of the condition is recent enough for it to have a vote at `now`
 * (milliseconds since the epoch). A name that does not resolve is told by runs that tell nothing else.
 */
export function isTold(
  track: Track,
  condition: Condition,
  now: number,
  { intervalMs, freshIntervals }: Freshness,
): boolean {
  const lastBadName = condition === "name" ? (track.conditions.name.lastBadAt ?? 0) : 0;
  const toldAt = Math.max(track.toldAt ?? 0, lastBadName);
  return toldAt > 0 && now - toldAt <= freshIntervals * intervalMs;
}

/** The phase of whether the portal is reachable, for people; `unknown` where nothing fresh was told. */
export function phaseShown(
  track: Track | null,
  now: number,
  freshness: Freshness,
): ConditionPhase | "unknown" {
  if (track === null || !isTold(track, "reach", now, freshness)) return "unknown";
  return track.conditions.reach.phase;
}
