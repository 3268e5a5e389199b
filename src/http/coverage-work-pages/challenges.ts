import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { CHALLENGE_STATES } from "../../domain/coverage/challenge.ts";
import { listChallenges } from "../../reports/coverage-challenges/list.ts";
import { figureHistory } from "../../reports/coverage/figure-history.ts";
import { fileChallenge } from "../../store/coverage-challenges.ts";
import { CHALLENGE_WORDS } from "../../web/coverage-work/challenge-words.ts";
import { challengesPage } from "../../web/coverage-work/challenges-page.ts";
import type { FormError } from "../../web/coverage-work/form-parts.ts";
import {
  type ChallengeValues,
  newChallengePage,
} from "../../web/coverage-work/new-challenge-page.ts";
import { writeContext } from "../access/write-context.ts";
import { readQuery } from "../compliance-pages/fields.ts";
import { challengeInput } from "../coverage-challenges/schemas.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { rowNumber, yes } from "../lists/fields.ts";
import { notFound } from "../problem.ts";
import { isStorable } from "../storable-text.ts";
import { codeNames } from "./choices.ts";
import { answerWith, workFacts } from "./facts.ts";
import { blank, cursorOf, pageFields, placeIn } from "./paging.ts";

const query = z.object({
  ...pageFields,
  state: blank(z.enum(CHALLENGE_STATES)),
  overdue: blank(yes),
});

const PAGE_SIZE = 50;

/** GET /coverage/challenges, open to whoever may read figures. */
export function challengesHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const facts = workFacts(c, deps);
    const { cursor, state, overdue } = readQuery(c, query);
    const list = `coverage-challenges-page ${JSON.stringify([state, overdue])}`;
    const request = { limit: PAGE_SIZE, after: placeIn(list, cursor) };
    const filter = { state, overdue };
    const { rows, next } = await listChallenges(deps.db, filter, facts.today, request);
    const names = await codeNames(deps.db, facts.lang);
    const nextCursor = cursorOf(list, next);
    return answerWith(
      c,
      facts,
      challengesPage({ ...facts, query: filter, rows, names, nextCursor }),
    );
  };
}

/** GET /coverage/challenges/new?figure=…: the form that files one. */
export function newChallengeHandler(deps: AppDeps) {
  return (c: Context<AppEnv>) => showNew(c, deps, { values: valuesOf(c.req.query()), errors: [] });
}

/** POST /coverage/challenges: files one, and leads to it. */
export function fileHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const { lang, today } = workFacts(c, deps);
    const words = CHALLENGE_WORDS[lang];
    const values = valuesOf(await c.req.parseBody());
    const { figure, ...texts } = values;
    const given = Object.fromEntries(
      Object.entries(texts).filter(([, text]) => text.trim() !== ""),
    );
    const read = challengeInput.safeParse({ ...given, figure_id: Number(figure) });
    if (!read.success || !Object.values(values).every(isStorable)) {
      const field = read.success ? "statement" : String(read.error.issues[0]?.path[0]);
      return showNew(c, deps, { values, errors: [{ field, text: words.problems.invalid }] }, 400);
    }
    const { figure_id: figureId, reason_code: reason, statement, ...rest } = read.data;
    const input = {
      figureId,
      reason,
      statement,
      release: rest.release ?? null,
      evidenceUrl: rest.evidence_url ?? null,
      filedBy: rest.filed_by ?? c.get("viewer").actor.name,
    };
    const at = { now: new Date(deps.clock()), today };
    const filed = await fileChallenge(writeContext(c, deps), input, at);
    if (filed.ok)
      return c.redirect(`/coverage/challenges/${filed.value}?lang=${lang}&told=done`, 303);
    const { kind } = filed.problem;
    const field = kind === "no_release" || kind === "not_in_release" ? "release" : "statement";
    return showNew(c, deps, { values, errors: [{ field, text: words.problems[kind] }] }, 409);
  };
}

function valuesOf(given: Readonly<Record<string, unknown>>): ChallengeValues {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === "string" ? value : "";
  };
  return {
    figure: text("figure"),
    release: text("release"),
    reason_code: text("reason_code"),
    statement: text("statement"),
    evidence_url: text("evidence_url"),
    filed_by: text("filed_by"),
  };
}

async function showNew(
  c: Context<AppEnv>,
  deps: AppDeps,
  form: { readonly values: ChallengeValues; readonly errors: readonly FormError[] },
  status: 200 | 400 | 409 = 200,
): Promise<Response> {
  const facts = workFacts(c, deps);
  const id = rowNumber.safeParse(form.values.figure);
  const history = id.success ? await figureHistory(deps.db, id.data) : [];
  const figure = history.find((each) => id.success && each.id === id.data);
  if (figure === undefined) throw notFound("such figure");
  const names = await codeNames(deps.db, facts.lang);
  return answerWith(c, facts, newChallengePage({ ...facts, ...form, figure, names }), status);
}
