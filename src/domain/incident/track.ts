import type { FailureKind } from "../failure.ts";
import type { SeenCertificate } from "./sighting.ts";

/**
 * What is told apart about one portal over one family from one vantage point: whether it can be reached and says
 * what it should, whether it stays within its limits, whether its name resolves, whether its certificate is good.
 */
export const CONDITIONS = ["reach", "limit", "name", "certificate"] as const;

export type Condition = (typeof CONDITIONS)[number];

/** suspect: bad, not confirmed yet; recovering: good again, not yet often enough. */
export const CONDITION_PHASES = ["up", "suspect", "down", "recovering"] as const;

export type ConditionPhase = (typeof CONDITION_PHASES)[number];

/** How one condition stands; instants are when runs began, in milliseconds since the epoch. */
export interface ConditionTrack {
  readonly phase: ConditionPhase;
  /** When the phase began. */
  readonly since: number;
  /** Bad observations since the last good one, and how many of them were confirmations. */
  readonly bad: number;
  readonly confirmations: number;
  /** Good scheduled observations since the last bad one, as far as they are counted (closing needs no more). */
  readonly good: number;
  /** First and last bad observation of the present or last stretch of bad ones. */
  readonly firstBadAt: number | null;
  readonly lastBadAt: number | null;
  /** First good observation after the last bad one. */
  readonly firstGoodAt: number | null;
  /** What the last bad observation failed by. */
  readonly cause: FailureKind | null;
}

/** What is believed of one portal over one family from one vantage point; plain JSON. */
export interface Track {
  /** When the last run began that was taken in; earlier ones change nothing. */
  readonly at: number;
  /** When the last run began that could tell; what is older than a few intervals has no vote. */
  readonly toldAt: number | null;
  /** The family has no record while the other one has. */
  readonly absent: boolean;
  readonly conditions: Readonly<Record<Condition, ConditionTrack>>;
  /**
   * The last scheduled runs that could tell, and good confirmations that ended a suspicion, oldest first: `1` reachable,
   * `0` not; at most the policy's window and one.
   * Equal ones at the beginning are kept as one: only changes are counted.
   */
  readonly recent: string;
  readonly flapping: boolean;
  readonly certificate: SeenCertificate | null;
  readonly address: string | null;
}
