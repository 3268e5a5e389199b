import type { IncidentPolicy } from "./policy.ts";

/** What was counted at one vantage point over one family. */
export interface MassTally {
  /** Portals that fail since a short while ago. */
  readonly failing: number;
  /** Those, and the portals that do not fail. */
  readonly watched: number;
  /** Networks (/24 or /48) that the failing ones stand in. */
  readonly prefixes: number;
}

/**
 * Whether so many portals of so many networks fail together that it is this place rather than they. Autonomous systems
 * are not known here; prefixes stand for them, so that one hosting provider's outage is no mass failure.
 */
export function isMassFailure(tally: MassTally, policy: IncidentPolicy["mass"]): boolean {
  return (
    tally.failing >= policy.minPortals &&
    tally.prefixes >= policy.minPrefixes &&
    shareOf(tally) > policy.share
  );
}

/** Whether a mass failure that was recognised is over. */
export function isMassOver(tally: MassTally, policy: IncidentPolicy["mass"]): boolean {
  return shareOf(tally) < policy.endShare;
}

/** Whether another vantage point sees so much of the same that it is real. */
export function seesTheSame(tally: MassTally, policy: IncidentPolicy["mass"]): boolean {
  return tally.failing > 0 && shareOf(tally) >= policy.endShare;
}

function shareOf({ failing, watched }: MassTally): number {
  return watched === 0 ? 0 : failing / watched;
}
