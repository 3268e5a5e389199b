import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Result } from "../../domain/result.ts";
import {
  answerChallenge,
  type ChallengeProblem,
  type ChallengeStep,
  decideChallenge,
} from "../../store/coverage-challenges.ts";
import { challengePage, type StepValues } from "../../web/coverage-work/challenge-page.ts";
import { CHALLENGE_WORDS } from "../../web/coverage-work/challenge-words.ts";
import type { Told } from "../../web/coverage-work/work-facts.ts";
import { writeContext } from "../access/write-context.ts";
import { challengeDetail } from "../coverage-challenges/read.ts";
import { answerInput, decisionInput } from "../coverage-challenges/schemas.ts";
import { answerOf, decisionOf } from "../coverage-challenges/write.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { rowNumber } from "../lists/fields.ts";
import { notFound } from "../problem.ts";
import { isStorable } from "../storable-text.ts";
import { codeNames } from "./choices.ts";
import { answerWith, workFacts } from "./facts.ts";

/** GET /coverage/challenges/{id}, open to whoever may read figures. */
export function challengeHandler(deps: AppDeps) {
  return (c: Context<AppEnv>) => {
    const { done } = CHALLENGE_WORDS[workFacts(c, deps).lang];
    const told = c.req.query("told") === "done" ? { done: true, text: done } : null;
    return showChallenge(c, deps, { values: valuesOf({}), told });
  };
}

/** POST /coverage/challenges/{id}/answer, for the source of the figure. */
export function answerHandler(deps: AppDeps) {
  return stepHandler(deps, (c, id, { verdict, ...rest }, at) => {
    const read = answerInput.safeParse({ answer: verdict, ...stated(rest, verdict) });
    return read.success
      ? answerChallenge(writeContext(c, deps), id, answerOf(read.data), at)
      : null;
  });
}

/** POST /coverage/challenges/{id}/decide. */
export function decideChallengeHandler(deps: AppDeps) {
  return stepHandler(deps, (c, id, { verdict, ...rest }, at) => {
    const read = decisionInput.safeParse({ decision: verdict, ...stated(rest, verdict) });
    return read.success
      ? decideChallenge(writeContext(c, deps), id, decisionOf(read.data), at)
      : null;
  });
}

/** Takes one step; null for a form that says none. */
type TakeStep = (
  c: Context<AppEnv>,
  id: number,
  values: StepValues & { readonly verdict: string },
  at: { readonly now: Date; readonly today: string },
) => Promise<Result<ChallengeStep, ChallengeProblem>> | null;

function stepHandler(deps: AppDeps, take: TakeStep) {
  return async (c: Context<AppEnv>) => {
    const { lang, today } = workFacts(c, deps);
    const { problems } = CHALLENGE_WORDS[lang];
    const body = await c.req.parseBody();
    const values = valuesOf(body);
    const verdict = z.string().catch("").parse(body["verdict"]);
    const at = { now: new Date(deps.clock()), today };
    const id = idOf(c);
    const step = isStorable(values.text) ? await take(c, id, { ...values, verdict }, at) : null;
    const again = (text: string, status: 400 | 409) =>
      showChallenge(c, deps, { values, told: { done: false, text } }, status);
    if (step === null) return again(problems.invalid, 400);
    if (!step.ok) return again(problems[step.problem.kind], 409);
    if (step.value.figure !== null) deps.onCoverageChanged();
    return c.redirect(`/coverage/challenges/${id}?lang=${lang}&told=done`, 303);
  };
}

function valuesOf(body: Readonly<Record<string, unknown>>): StepValues {
  const text = (name: string) => {
    const value = body[name];
    return typeof value === "string" ? value : "";
  };
  return {
    text: text("text"),
    outcome_code: text("outcome_code"),
    correction: text("correction"),
    numerator: text("numerator"),
    denominator: text("denominator"),
  };
}

/** What the API wants of a form; a change of the figure only where the challenge is right. */
function stated(values: StepValues, verdict: string): object {
  const { text, outcome_code, correction } = values;
  const right = verdict === "conceded" || verdict === "upheld";
  const outcome = outcome_code === "" || verdict === "rebutted" ? {} : { outcome_code };
  if (!right || correction === "") return { text, ...outcome };
  if (correction === "withdrawal") return { text, ...outcome, correction: { withdraw: true } };
  const denominator = values.denominator === "" ? {} : { denominator: Number(values.denominator) };
  const numerator = values.numerator === "" ? undefined : Number(values.numerator);
  return { text, ...outcome, correction: { numerator, ...denominator } };
}

function idOf(c: Context<AppEnv>): number {
  const id = rowNumber.safeParse(c.req.param("id"));
  if (!id.success) throw notFound("such challenge");
  return id.data;
}

async function showChallenge(
  c: Context<AppEnv>,
  deps: AppDeps,
  form: { readonly values: StepValues; readonly told: Told | null },
  status: 200 | 400 | 409 = 200,
): Promise<Response> {
  const facts = workFacts(c, deps);
  const challenge = await challengeDetail(deps, c.get("viewer"), idOf(c));
  const names = await codeNames(deps.db, facts.lang);
  return answerWith(c, facts, challengePage({ ...facts, ...form, challenge, names }), status);
}
