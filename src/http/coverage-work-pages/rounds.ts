import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { addDays } from "../../domain/calendar.ts";
import { quarterEnd } from "../../domain/coverage/quarter.ts";
import { roundProgress } from "../../reports/coverage-rounds/progress.ts";
import { findRound, listRounds, type RoundRow } from "../../reports/coverage-rounds/rounds.ts";
import { changeRound, createRound, type RoundProblem } from "../../store/coverage-rounds.ts";
import type { FormError } from "../../web/coverage-work/form-parts.ts";
import { roundPage } from "../../web/coverage-work/round-page.ts";
import { ROUND_WORDS } from "../../web/coverage-work/round-words.ts";
import { roundsPage, type RoundValues } from "../../web/coverage-work/rounds-page.ts";
import type { Told } from "../../web/coverage-work/work-facts.ts";
import type { Lang } from "../../web/lang.ts";
import { writeContext } from "../access/write-context.ts";
import { roundInput } from "../coverage-rounds/schemas.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { MAX_LIMIT, plainText, provinceCode, rowNumber } from "../lists/fields.ts";
import { notFound } from "../problem.ts";
import { codeNames, communeIndicatorOptions, pastQuarters } from "./choices.ts";
import { answerWith, workFacts } from "./facts.ts";

/** What a round is given to answer unless something else is typed, in days. */
const USUAL_DAYS = 20;

/** GET /coverage/rounds: all rounds, and the form that opens one. */
export function roundsHandler(deps: AppDeps) {
  return (c: Context<AppEnv>) => {
    const { today } = workFacts(c, deps);
    const [quarter = today] = pastQuarters(today);
    const values = { as_of: quarter, opens_on: today, due_on: addDays(today, USUAL_DAYS) };
    return showRounds(c, deps, { values: { ...values, note: "", indicators: [] }, errors: [] });
  };
}

/** POST /coverage/rounds: opens one, and leads to it. */
export function createRoundHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const { lang } = workFacts(c, deps);
    const values = valuesOf(await c.req.parseBody({ all: true }));
    const read = roundInput.safeParse({ ...values, note: values.note.trim() || null });
    if (!read.success) {
      const errors = [{ field: "as_of", text: ROUND_WORDS[lang].errors.invalid }];
      return showRounds(c, deps, { values, errors }, 400);
    }
    const { as_of: asOf, opens_on: opensOn, due_on: dueOn, indicators = [], note } = read.data;
    const round = {
      asOf,
      opensOn,
      dueOn,
      indicators,
      note: note ?? null,
      provinces: null,
      excused: [],
    };
    const made = await createRound(writeContext(c, deps), round, new Date(deps.clock()));
    if (made.ok) return c.redirect(`/coverage/rounds/${made.value}?lang=${lang}&told=created`, 303);
    return showRounds(c, deps, { values, errors: errorsOf(made.problem, lang) }, 409);
  };
}

/** GET /coverage/rounds/{id}: where each province stands. */
export function roundHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const words = ROUND_WORDS[workFacts(c, deps).lang];
    const said = c.req.query("told");
    const text = said === "created" || said === "changed" ? words[said] : null;
    return showRound(c, deps, await roundOf(c, deps), text === null ? null : { done: true, text });
  };
}

/** POST /coverage/rounds/{id}/excuse: one province owes nothing in it, for a reason. */
export function excuseHandler(deps: AppDeps) {
  const fields = z.object({ province: provinceCode, reason: plainText });
  return async (c: Context<AppEnv>) => {
    const { lang } = workFacts(c, deps);
    const round = await roundOf(c, deps);
    const read = fields.safeParse(await c.req.parseBody());
    if (!read.success) {
      const told = { done: false, text: ROUND_WORDS[lang].errors.invalid };
      return showRound(c, deps, round, told, 400);
    }
    const at = { now: deps.clock(), timezone: deps.config.reportTimezone };
    const { duties } = await roundProgress(deps.db, round, at);
    const excused = duties.flatMap(({ province, excused_reason: reason }) =>
      reason === null ? [] : [{ province: province.code, reason }],
    );
    const changed = await changeRound(writeContext(c, deps), round.id, {
      excused: [...excused, read.data],
    });
    if (changed.ok)
      return c.redirect(`/coverage/rounds/${round.id}?lang=${lang}&told=changed`, 303);
    const [error] = errorsOf(changed.problem, lang);
    return showRound(c, deps, round, { done: false, text: error?.text ?? "" }, 409);
  };
}

async function roundOf(c: Context<AppEnv>, { db }: AppDeps): Promise<RoundRow> {
  const id = rowNumber.safeParse(c.req.param("id"));
  const found = id.success ? await findRound(db, id.data) : null;
  if (found === null) throw notFound("such round");
  return found;
}

function valuesOf(body: Readonly<Record<string, unknown>>): RoundValues {
  const text = (name: string) => {
    const value = body[name];
    return typeof value === "string" ? value : "";
  };
  return {
    as_of: text("as_of"),
    opens_on: text("opens_on"),
    due_on: text("due_on"),
    note: text("note"),
    indicators: [body["indicators"]].flat().filter((code) => typeof code === "string"),
  };
}

function errorsOf(problem: RoundProblem, lang: Lang): FormError[] {
  const { errors } = ROUND_WORDS[lang];
  switch (problem.kind) {
    case "no_round":
    case "duplicate":
      return [{ field: "as_of", text: errors[problem.kind] }];
    case "wrong_days":
      return problem.faults.map((fault) => ({
        field: fault === "as_of_not_quarter_end" ? "as_of" : "due_on",
        text: errors[fault],
      }));
    case "unknown_province":
    case "unknown_indicator":
      return [{ field: "as_of", text: `${errors.unknown} (${problem.codes.join(", ")})` }];
  }
}

async function showRounds(
  c: Context<AppEnv>,
  deps: AppDeps,
  form: { readonly values: RoundValues; readonly errors: readonly FormError[] },
  status: 200 | 400 | 409 = 200,
): Promise<Response> {
  const facts = workFacts(c, deps);
  const { rows } = await listRounds(deps.db, { limit: MAX_LIMIT, after: null });
  const quarters = [...new Set([quarterEnd(facts.today), ...pastQuarters(facts.today)])];
  const indicators = await communeIndicatorOptions(deps.db, facts);
  const page = roundsPage({ ...facts, ...form, rounds: rows, quarters, indicators });
  return answerWith(c, facts, page, status);
}

async function showRound(
  c: Context<AppEnv>,
  deps: AppDeps,
  found: RoundRow,
  told: Told | null,
  status: 200 | 400 | 409 = 200,
): Promise<Response> {
  const facts = workFacts(c, deps);
  const at = { now: deps.clock(), timezone: facts.timezone };
  const round = await roundProgress(deps.db, found, at, facts.province);
  const names = await codeNames(deps.db, facts.lang);
  return answerWith(c, facts, roundPage({ ...facts, round, names, told }), status);
}
