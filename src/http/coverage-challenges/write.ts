import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Result } from "../../domain/result.ts";
import type { AnswerInput, ChallengeEffect, DecisionInput } from "../../store/challenge-input.ts";
import {
  answerChallenge,
  type ChallengeProblem,
  type ChallengeStep,
  decideChallenge,
  fileChallenge,
} from "../../store/coverage-challenges.ts";
import { requireUnlimited } from "../access/guards.ts";
import { writeContext } from "../access/write-context.ts";
import { requireRegister } from "../coverage-imports/access.ts";
import type { AppDeps } from "../deps.ts";
import {
  jsonAnswer,
  jsonBody,
  KEY_NEEDED,
  limitBody,
  onlyJson,
  onlyUtf8,
  PROBLEMS,
} from "../define-route.ts";
import { type AppEnv, newApi } from "../env.ts";
import { noQuery, rowNumber } from "../lists/fields.ts";
import { today } from "../viewpoint.ts";
import { challengeRefused } from "./problems.ts";
import { challengeDetail } from "./read.ts";
import { answerInput, challengeDetailSchema, challengeInput, decisionInput } from "./schemas.ts";

const tags = ["Coverage challenges"];
const path = "/api/v1/coverage/challenges";
const params = z.object({ id: rowNumber });
const bodies = [limitBody, onlyUtf8, onlyJson];

const file = createRoute({
  method: "post",
  path,
  summary: "Challenge a figure, with a coded reason; a province's key those of its own units",
  tags,
  security: KEY_NEEDED,
  middleware: [requireRegister("operator"), ...bodies],
  request: { query: noQuery, body: jsonBody(challengeInput) },
  responses: { 201: jsonAnswer(challengeDetailSchema, "The challenge"), ...PROBLEMS },
});

const answer = createRoute({
  method: "post",
  path: `${path}/{id}/answer`,
  summary: "Concede or rebut, for the source of the figure; a concession may correct it",
  tags,
  security: KEY_NEEDED,
  middleware: [requireRegister("operator"), ...bodies],
  request: { params, query: noQuery, body: jsonBody(answerInput) },
  responses: { 200: jsonAnswer(challengeDetailSchema, "The challenge"), ...PROBLEMS },
});

// Who is limited to a province is a party to it.
const decide = createRoute({
  method: "post",
  path: `${path}/{id}/decide`,
  summary: "Uphold or reject what was rebutted, or not answered in time",
  tags,
  security: KEY_NEEDED,
  middleware: [requireUnlimited("operator"), ...bodies],
  request: { params, query: noQuery, body: jsonBody(decisionInput) },
  responses: { 200: jsonAnswer(challengeDetailSchema, "The challenge"), ...PROBLEMS },
});

/** POST /api/v1/coverage/challenges, …/{id}/answer and …/{id}/decide. */
export function challengeWrites(deps: AppDeps) {
  const at = () => ({ now: new Date(deps.clock()), today: today(deps) });
  const settled = <Value>(c: Context<AppEnv>, result: Result<Value, ChallengeProblem>): Value => {
    if (!result.ok) throw challengeRefused(result.problem, c.get("viewer"));
    return result.value;
  };
  const told = ({ id, figure }: ChallengeStep) => {
    if (figure !== null) deps.onCoverageChanged();
    return id;
  };
  return newApi()
    .openapi(file, async (c) => {
      const body = c.req.valid("json");
      const input = {
        figureId: body.figure_id,
        release: body.release ?? null,
        reason: body.reason_code,
        statement: body.statement,
        evidenceUrl: body.evidence_url ?? null,
        filedBy: body.filed_by ?? c.get("viewer").actor.name,
      };
      const id = settled(c, await fileChallenge(writeContext(c, deps), input, at()));
      return c.json(await challengeDetail(deps, c.get("viewer"), id), 201);
    })
    .openapi(answer, async (c) => {
      const { id } = c.req.valid("param");
      const input = answerOf(c.req.valid("json"));
      const step = settled(c, await answerChallenge(writeContext(c, deps), id, input, at()));
      return c.json(await challengeDetail(deps, c.get("viewer"), told(step)), 200);
    })
    .openapi(decide, async (c) => {
      const { id } = c.req.valid("param");
      const input = decisionOf(c.req.valid("json"));
      const step = settled(c, await decideChallenge(writeContext(c, deps), id, input, at()));
      return c.json(await challengeDetail(deps, c.get("viewer"), told(step)), 200);
    });
}

/** What the source says, as the store takes it. */
export function answerOf(body: z.infer<typeof answerInput>): AnswerInput {
  if (body.answer === "rebutted") return body;
  const { answer, text, outcome_code: outcome = null, correction } = body;
  return { answer, text, outcome, effect: effectOf(correction) };
}

/** What is decided, as the store takes it. */
export function decisionOf(body: z.infer<typeof decisionInput>): DecisionInput {
  const { outcome_code: outcome, text } = body;
  if (body.decision === "rejected") return { decision: body.decision, outcome, text };
  return { decision: body.decision, outcome, text, effect: effectOf(body.correction) };
}

type GivenCorrection = Extract<z.infer<typeof decisionInput>, { decision: "upheld" }>["correction"];

function effectOf(given: GivenCorrection): ChallengeEffect | null {
  if (given === undefined) return null;
  const replaces = given.replaces ?? null;
  if ("withdraw" in given) return { correction: { kind: "withdrawal" }, replaces };
  const { numerator, denominator = null, denominator_source: denominatorSource = null } = given;
  return { correction: { kind: "counts", numerator, denominator, denominatorSource }, replaces };
}
