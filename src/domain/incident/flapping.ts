import type { IncidentPolicy } from "./policy.ts";

type FlappingPolicy = IncidentPolicy["flapping"];

/** Weights of the oldest and the newest change that are looked at, as in Icinga 2. */
const OLDEST_WEIGHT = 0.8;
const NEWEST_WEIGHT = 1.15;

/**
 * The runs after one more, oldest first: `1` reachable, `0` not; at most the window and one. Equal ones at the
 * beginning are kept as one, for only changes count: after long success it is the same text for ever.
 */
export function withRun(recent: string, reachable: boolean, { window }: FlappingPolicy): string {
  const run = reachable ? "1" : "0";
  if (recent === run) return recent;
  const all = (recent + run).slice(-(window + 1));
  let first = 0;
  while (first + 1 < all.length && all[first + 1] === all[first]) first += 1;
  return all.slice(first);
}

/** The weighted share of changes among the last runs, 0–1; runs that are not there yet have not changed. */
export function changedShare(recent: string, { window }: FlappingPolicy): number {
  let sum = 0;
  for (let run = 1; run < recent.length; run += 1) {
    if (recent[run] === recent[run - 1]) continue;
    const age = recent.length - 1 - run;
    sum += NEWEST_WEIGHT - (age * (NEWEST_WEIGHT - OLDEST_WEIGHT)) / Math.max(1, window - 1);
  }
  return sum / window;
}

/** Whether it flaps after these runs: it begins above one share and ends below a lower one. */
export function isFlapping(was: boolean, recent: string, policy: FlappingPolicy): boolean {
  const share = changedShare(recent, policy);
  return was ? share >= policy.end : share > policy.begin;
}
