import type { Family } from "../family.ts";
import type { PortalView, Sight } from "./change.ts";
import type { IncidentPolicy } from "./policy.ts";
import { isTold } from "./phase-shown.ts";
import type { Condition } from "./track.ts";

/**
 * How a condition of one portal over one family stands, over the vantage points of one network:
 * `unknown`: none of them can tell, so nothing opens and nothing closes; `absent`: the family is not published;
 * `down`: enough of them have confirmed it; `partial`: some have, too few for `down`, and none is on its way back;
 * `unsettled`: some that were down are not up again, which keeps an incident as it is and opens none; `good`.
 */
export type FamilyLevel = "unknown" | "absent" | "down" | "partial" | "unsettled" | "good";

/** The level of a family, and whose word it is. */
export interface FamilyJudgement {
  readonly family: Family;
  readonly level: FamilyLevel;
  /** Those who may vote: healthy, of this network, and told something lately. */
  readonly eligible: readonly Sight[];
  /** Those of them that have confirmed it and not seen anything good since. */
  readonly down: readonly Sight[];
  /** Nobody can tell at present, and what was told last was bad. */
  readonly lastKnownBad: boolean;
  /** As many of them as a decision takes see it change all the time; null: it did, and nobody can tell whether it still does. */
  readonly flapping: boolean | null;
}

/** How many of those who may vote must agree: the majority, two at least; one that is alone decides alone. */
export function quorumOf(eligible: number): number {
  return eligible === 1 ? 1 : Math.max(2, Math.floor(eligible / 2) + 1);
}

/**
 * Judges one condition over one family by the vantage points of one network (reference d.4). It opens by a quorum of
 * those who confirmed it. It is good only when not one of them is left that saw it down and has not seen it up again,
 * so no sight of things both opens and closes. One that fell silent while it saw it down is waited for as long as a
 * partial outage waits to be told.
 */
export function judgeFamily(
  view: PortalView,
  network: string,
  family: Family,
  condition: Condition,
  policy: IncidentPolicy,
): FamilyJudgement {
  const voting = new Map(
    view.voters.filter((each) => each.network === network).map((each) => [each.vantage, each]),
  );
  const sights = view.sights.filter((each) => each.family === family && voting.has(each.vantage));
  const freshness = { intervalMs: view.intervalMs, freshIntervals: policy.freshIntervals };
  const eligible = sights.filter(
    ({ vantage, track }) =>
      voting.get(vantage)?.healthy[family] === true && isTold(track, condition, view.at, freshness),
  );
  const silent = sights.filter((each) => !eligible.includes(each) && isIll(each, condition));
  const waitedFor = silent.filter(({ track }) => view.at - track.at <= policy.partialAfterMs);
  const ill = eligible.filter((each) => isIll(each, condition));
  const down = ill.filter(({ track }) => track.conditions[condition].phase === "down");
  const needed = quorumOf(eligible.length);
  const facts = { eligible: eligible.length, down: down.length, ill: ill.length, needed };
  const isAbsent = eligible.every(({ track }) => track.absent);
  return {
    family,
    level: levelOf({ ...facts, waitedFor: waitedFor.length, isAbsent }),
    eligible,
    down,
    lastKnownBad: eligible.length === 0 && silent.length > 0,
    flapping:
      eligible.length > 0
        ? eligible.filter(({ track }) => track.flapping).length >= needed
        : sights.some(({ track }) => track.flapping) && null,
  };
}

function isIll({ track }: Sight, condition: Condition): boolean {
  const { phase } = track.conditions[condition];
  return phase === "down" || phase === "recovering";
}

interface Votes {
  readonly eligible: number;
  readonly down: number;
  readonly ill: number;
  readonly waitedFor: number;
  readonly needed: number;
  readonly isAbsent: boolean;
}

function levelOf({ eligible, down, ill, waitedFor, needed, isAbsent }: Votes): FamilyLevel {
  if (eligible === 0) return "unknown";
  if (down >= needed) return "down";
  if (ill > down || waitedFor > 0) return "unsettled";
  if (down > 0) return "partial";
  return isAbsent ? "absent" : "good";
}
