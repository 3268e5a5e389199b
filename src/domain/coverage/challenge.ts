import { addDays, type Day } from "../calendar.ts";
import { done, refused, type Result } from "../result.ts";

/**
 * Why a figure is challenged. Modelled on the reasons of the FCC's availability challenges (no signal, technology or
 * speed not offered, service denied), with those that a register of counts needs beside them.
 */
export const CHALLENGE_REASONS = [
  "no_service",
  "not_offered",
  "signal_absent",
  "signal_weak",
  "speed_not_offered",
  "denominator_wrong",
  "unit_wrong",
  "double_counted",
  "definition_misread",
  "other",
] as const;

export type ChallengeReason = (typeof CHALLENGE_REASONS)[number];

/**
 * What it turned out to be. After the categories under which Australia's National Audit of Mobile Coverage closes what
 * disagrees with the map, and the two ways in which a challenge fails.
 */
export const CHALLENGE_OUTCOMES = [
  "planned_outage",
  "fault",
  "new_build_not_on_map",
  "congestion",
  "map_wrong",
  "figure_right",
  "evidence_insufficient",
] as const;

export type ChallengeOutcome = (typeof CHALLENGE_OUTCOMES)[number];

/**
 * `open`: the source has not answered; `rebutted`: it stands by its figure, somebody has to decide. The others are
 * closed: `conceded` by the source, `upheld` (the challenge was right) or `rejected` by who decides.
 */
export const CHALLENGE_STATES = ["open", "conceded", "rebutted", "upheld", "rejected"] as const;

export type ChallengeState = (typeof CHALLENGE_STATES)[number];

/** Days that a source has to answer (FCC, Broadband Data Collection: providers concede or rebut within 60 days). */
export const DAYS_TO_ANSWER = 60;

/** What a source says to a challenge. */
export type ChallengeAnswer = "conceded" | "rebutted";

/** What is decided about a challenge that the source did not concede. */
export type ChallengeDecision = "upheld" | "rejected";

/** A challenge as far as its course goes. */
export interface ChallengeCourse {
  readonly state: ChallengeState;
  /** The last day on which the source may answer before it can be decided without it. */
  readonly dueOn: Day;
}

/** Why a step is not taken: the challenge is closed, was answered already, or the source still has time to answer. */
export type ChallengeRefusal = "closed" | "answered" | "awaits_answer";

/** The last day on which a challenge that was filed on a day is to be answered. */
export function answerDueOn(filedOn: Day): Day {
  return addDays(filedOn, DAYS_TO_ANSWER);
}

/** Whether nothing more can happen to a challenge. */
export function isClosed(state: ChallengeState): boolean {
  return state !== "open" && state !== "rebutted";
}

/** Whether the source let the time to answer pass: then the challenge can be decided without an answer. */
export function isOverdue({ state, dueOn }: ChallengeCourse, today: Day): boolean {
  return state === "open" && today > dueOn;
}

/** The state after the source's answer; a late one still counts while nobody has decided. */
export function answered(
  { state }: ChallengeCourse,
  answer: ChallengeAnswer,
): Result<ChallengeState, ChallengeRefusal> {
  if (isClosed(state)) return refused("closed");
  return state === "rebutted" ? refused("answered") : done(answer);
}

/** The state after a decision, which needs an answer or the time for one to have passed. */
export function decided(
  course: ChallengeCourse,
  decision: ChallengeDecision,
  today: Day,
): Result<ChallengeState, ChallengeRefusal> {
  if (isClosed(course.state)) return refused("closed");
  if (course.state === "open" && !isOverdue(course, today)) return refused("awaits_answer");
  return done(decision);
}

/** Whether an outcome can stand beside how a challenge ended: what is upheld was not right, what is rejected not wrong. */
export function fitsOutcome(state: ChallengeState, outcome: ChallengeOutcome): boolean {
  return state === "rejected"
    ? outcome !== "map_wrong"
    : outcome !== "figure_right" && outcome !== "evidence_insufficient";
}
