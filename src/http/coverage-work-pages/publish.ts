import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { releaseChanges, summariseChanges } from "../../reports/coverage-releases/changes.ts";
import { editionSums } from "../../reports/coverage-releases/edition-sums.ts";
import { countFigures } from "../../reports/coverage-releases/list.ts";
import { publishRelease } from "../../store/coverage-releases.ts";
import {
  planRelease,
  type ReleasePlan,
  type ReleaseProblem,
  type ReleaseRequest,
} from "../../store/release-plan.ts";
import type { FormError } from "../../web/coverage-work/form-parts.ts";
import {
  BREAK_ROWS,
  publishPage,
  type ReleaseValues,
} from "../../web/coverage-work/publish-page.ts";
import { PUBLISH_WORDS } from "../../web/coverage-work/publish-words.ts";
import type { ShownPlan } from "../../web/coverage-work/release-plan-section.ts";
import type { Lang } from "../../web/lang.ts";
import { numberText } from "../../web/number-text.ts";
import { writeContext } from "../access/write-context.ts";
import { editionBefore } from "../coverage-releases/found.ts";
import { indicatorField } from "../coverage-releases/fields.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { day } from "../lists/fields.ts";
import { isStorable } from "../storable-text.ts";
import { codeNames, indicatorOptions, pastQuarters } from "./choices.ts";
import { answerWith, workFacts } from "./facts.ts";

const CHANGES_SHOWN = 30;

const note = z.string().trim().max(4000).refine(isStorable);
const request = z.object({
  as_of: day,
  note_vi: note,
  note_en: note,
  despite_held: z.boolean(),
  breaks: z
    .array(z.object({ indicator: indicatorField, vi: note.min(1), en: note.min(1) }))
    .refine((all) => new Set(all.map(({ indicator }) => indicator)).size === all.length),
});

/** GET /coverage/releases/publish: the empty form. */
export function publishFormHandler(deps: AppDeps) {
  return (c: Context<AppEnv>) =>
    showForm(c, deps, { values: valuesOf({}), errors: [], plan: null });
}

/** POST /coverage/releases/publish: what a release would be; with `step=publish`, and nothing changed since, it is made. */
export function publishHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const { lang } = workFacts(c, deps);
    const body = await c.req.parseBody();
    const values = valuesOf(body);
    const read = request.safeParse({
      ...values,
      breaks: values.breaks.filter(({ indicator, vi, en }) => indicator + vi + en !== ""),
    });
    if (!read.success) {
      const errors = [{ field: "as_of", text: PUBLISH_WORDS[lang].badFields }];
      return showForm(c, deps, { values, errors, plan: null }, 400);
    }
    const wanted = requestOf(read.data, deps);
    const at = { now: new Date(deps.clock()), today: workFacts(c, deps).today };
    const plan = await planRelease(deps.db, wanted, at);
    const show = async (problems: readonly FormError[], status: 200 | 409) =>
      showForm(c, deps, { values, errors: problems, plan: await shownPlan(deps, plan) }, status);
    const problems = plan.problems.map((problem) => toError(problem, lang));
    if (body["step"] !== "publish") return show(problems, 200);
    if (problems.length > 0) return show(problems, 409);
    if (body["sha256"] !== plan.sha256) {
      return show([{ field: "as_of", text: PUBLISH_WORDS[lang].changedSince }], 409);
    }
    const made = await publishRelease(writeContext(c, deps), wanted, editionSums, at);
    if (!made.ok)
      return show(
        made.problem.map((problem) => toError(problem, lang)),
        409,
      );
    return c.redirect(`/coverage/releases/${made.value.code}?lang=${lang}`, 303);
  };
}

type Body = Readonly<Record<string, unknown>>;

function valuesOf(body: Body): ReleaseValues {
  const text = (name: string) => {
    const value = body[name];
    return typeof value === "string" ? value : "";
  };
  return {
    as_of: text("as_of"),
    note_vi: text("note_vi"),
    note_en: text("note_en"),
    despite_held: text("despite_held") === "true",
    breaks: Array.from({ length: BREAK_ROWS }, (_, at) => ({
      indicator: text(`break_indicator_${at + 1}`),
      vi: text(`break_vi_${at + 1}`),
      en: text(`break_en_${at + 1}`),
    })),
  };
}

function requestOf(given: z.infer<typeof request>, { config }: AppDeps): ReleaseRequest {
  return {
    asOf: given.as_of,
    noteVi: given.note_vi || null,
    noteEn: given.note_en || null,
    breaks: given.breaks.map(({ indicator, vi, en }) => ({ indicator, noteVi: vi, noteEn: en })),
    licence: config.coverageLicence,
    despiteHeld: given.despite_held,
  };
}

async function shownPlan({ db }: AppDeps, plan: ReleasePlan): Promise<ShownPlan> {
  const between = { from: await editionBefore(db, plan.previous), to: plan };
  const read = await releaseChanges(db, between, {});
  return {
    ...plan,
    counts: await countFigures(db, plan),
    changes: await summariseChanges(db, between),
    firstChanges: (await read({ limit: CHANGES_SHOWN, after: null })).rows,
  };
}

function toError(problem: ReleaseProblem, lang: Lang): FormError {
  const { problems } = PUBLISH_WORDS[lang];
  switch (problem.kind) {
    case "not_a_quarter_end":
    case "in_the_future":
    case "nothing_to_publish":
      return { field: "as_of", text: problems[problem.kind] };
    case "nothing_new":
      return { field: "as_of", text: problems.nothing_new(problem.code) };
    case "held_rows":
      return { field: "note_vi", text: problems.held_rows(numberText(problem.held, lang)) };
    case "held_without_note":
      return { field: "note_vi", text: problems.held_without_note(numberText(problem.held, lang)) };
    case "unknown_indicators":
      return {
        field: "break_indicator_1",
        text: problems.unknown_indicators(problem.codes.join(", ")),
      };
  }
}

async function showForm(
  c: Context<AppEnv>,
  deps: AppDeps,
  form: {
    readonly values: ReleaseValues;
    readonly errors: readonly FormError[];
    readonly plan: ShownPlan | null;
  },
  status: 200 | 400 | 409 = 200,
): Promise<Response> {
  const facts = workFacts(c, deps);
  const page = publishPage({
    ...facts,
    ...form,
    quarters: pastQuarters(facts.today),
    names: await codeNames(deps.db, facts.lang),
    indicators: await indicatorOptions(deps.db, facts),
  });
  return answerWith(c, facts, page, status);
}
