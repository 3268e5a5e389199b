import { afterBad, afterGood, GOOD_CONDITION, type Step } from "./condition-step.ts";
import { type Sign, type Signs, signsOf } from "./condition-signs.ts";
import { isFlapping, withRun } from "./flapping.ts";
import type { Confirmed, IncidentPolicy } from "./policy.ts";
import type { SeenCertificate, Sighting } from "./sighting.ts";
import { type Condition, CONDITIONS, type ConditionTrack, type Track } from "./track.ts";

/** A track after one run. */
export interface Reduction {
  readonly track: Track;
  /** Conditions whose phase is another one now. */
  readonly changed: readonly Condition[];
  /** Whether the run said more than "all is well, as before": a track must be stored only then. */
  readonly worthKeeping: boolean;
}

/** Nothing was seen yet: the first run at whatever instant is taken in. */
export const NO_TRACK: Track = {
  at: 0,
  toldAt: null,
  absent: false,
  conditions: {
    reach: GOOD_CONDITION,
    limit: GOOD_CONDITION,
    name: GOOD_CONDITION,
    certificate: GOOD_CONDITION,
  },
  recent: "",
  flapping: false,
  certificate: null,
  address: null,
};

/** The part of the policy by which each condition opens and closes. */
export const CONDITION_RULES = {
  reach: "down",
  limit: "degraded",
  name: "unresolvable",
  certificate: "certificate",
} as const satisfies Record<Condition, keyof IncidentPolicy>;

/** What lies further ahead of the clock, in milliseconds, was made by a clock that was wrong. */
export const CLOCK_SKEW_MS = 5000;

const NONE: readonly Condition[] = [];

/**
 * What is believed after one more run. Runs that began at or before the last one that was taken in change nothing,
 * so taking one in twice is taking it in once; neither do runs that tell nothing (`unknown`, `skipped`).
 * `now` is the caller's clock, milliseconds since the epoch: a track that lies ahead of it by more than five
 * seconds was made while the clock was wrong, and runs from before its instant are taken in all the same.
 * Without `now` (replaying) every track is right.
 */
export function reduceTrack(
  before: Track | null,
  sighting: Sighting,
  policy: IncidentPolicy,
  now: number = Number.POSITIVE_INFINITY,
): Reduction {
  const signs = signsOf(sighting);
  const known = before ?? NO_TRACK;
  const wasAhead = known.at > now + CLOCK_SKEW_MS;
  const isLate = sighting.at <= known.at && !wasAhead;
  if (signs === null || isLate) return { track: known, changed: NONE, worthKeeping: false };
  return takeIn(wasAhead ? notAfter(known, sighting.at) : known, sighting, signs, policy);
}

function takeIn(was: Track, sighting: Sighting, signs: Signs, policy: IncidentPolicy): Reduction {
  const { at } = sighting;
  const tellsReach = signs.reach !== null;
  const conditions = nextConditions(was.conditions, sighting, signs, policy);
  const recent = countsForFlapping(was, sighting, signs)
    ? withRun(was.recent, signs.reach === "good", policy.flapping)
    : was.recent;
  const track: Track = {
    at,
    toldAt: tellsReach ? at : was.toldAt,
    absent: tellsReach ? sighting.outcome === "no_address" : was.absent,
    conditions,
    recent,
    flapping:
      recent === was.recent ? was.flapping : isFlapping(was.flapping, recent, policy.flapping),
    certificate: sameCertificate(was.certificate, sighting.certificate),
    address: sighting.address ?? was.address,
  };
  const isNews =
    conditions !== was.conditions || track.absent !== was.absent || recent !== was.recent;
  // The first success of all is no news either.
  const worthKeeping = isNews && !(was.recent === "" && isPlain(track));
  return { track, changed: changedPhases(was, track), worthKeeping };
}

/**
 * Scheduled runs count, and the good confirmation that ends a suspicion: what fails at every first look and never at the
 * second is not steady.
 */
function countsForFlapping(
  { conditions }: Track,
  { attempt }: Sighting,
  { reach }: Signs,
): boolean {
  if (reach === null) return false;
  return attempt === 0 || (reach === "good" && conditions.reach.phase === "suspect");
}

function nextConditions(
  was: Track["conditions"],
  { at, attempt, failure }: Sighting,
  signs: Signs,
  policy: IncidentPolicy,
): Track["conditions"] {
  const step: Step = { at, confirmation: attempt > 0, cause: failure };
  const next = (condition: Condition) =>
    nextCondition(was[condition], signs[condition], step, policy[CONDITION_RULES[condition]]);
  const reach = next("reach");
  const limit = next("limit");
  const name = next("name");
  const certificate = next("certificate");
  const isSame =
    reach === was.reach &&
    limit === was.limit &&
    name === was.name &&
    certificate === was.certificate;
  return isSame ? was : { reach, limit, name, certificate };
}

function nextCondition(
  was: ConditionTrack,
  sign: Sign,
  step: Step,
  rule: Confirmed,
): ConditionTrack {
  if (sign === null) return was;
  return sign === "bad" ? afterBad(was, step, rule) : afterGood(was, step, rule);
}

function changedPhases(was: Track, is: Track): readonly Condition[] {
  if (was.conditions === is.conditions) return NONE;
  return CONDITIONS.filter((each) => was.conditions[each].phase !== is.conditions[each].phase);
}

/** Whether a track says no more than that everything is well and the family is published. */
function isPlain({ conditions, recent, absent }: Track): boolean {
  return conditions === NO_TRACK.conditions && recent === "1" && !absent;
}

function sameCertificate(
  was: SeenCertificate | null,
  seen: SeenCertificate | null,
): SeenCertificate | null {
  return seen === null || seen.fingerprint === was?.fingerprint ? was : seen;
}

/** A track whose instants were ahead, as if all of them had been no later than `at`. */
function notAfter(track: Track, at: number): Track {
  const clamp = (instant: number | null) => (instant === null ? null : Math.min(instant, at));
  const clampCondition = (each: ConditionTrack): ConditionTrack => ({
    ...each,
    since: Math.min(each.since, at),
    firstBadAt: clamp(each.firstBadAt),
    lastBadAt: clamp(each.lastBadAt),
    firstGoodAt: clamp(each.firstGoodAt),
  });
  const { reach, limit, name, certificate } = track.conditions;
  return {
    ...track,
    at: Math.min(track.at, at),
    toldAt: clamp(track.toldAt),
    conditions: {
      reach: clampCondition(reach),
      limit: clampCondition(limit),
      name: clampCondition(name),
      certificate: clampCondition(certificate),
    },
  };
}
