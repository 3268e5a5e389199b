import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Result } from "../../domain/result.ts";
import { heldFigures } from "../../reports/coverage-imports/held-figures.ts";
import { heldGroups } from "../../reports/coverage-imports/held-groups.ts";
import { type HeldRow, listHeld } from "../../reports/coverage-imports/held.ts";
import { recordedFigures } from "../../store/coverage-figures.ts";
import type { Database } from "../../store/database.ts";
import {
  type HeldDecided,
  type HeldDecision,
  type HeldProblem,
  decideHeldRow,
  decideHeldRows,
} from "../../store/held-decisions.ts";
import { addressOf } from "../../web/coverage-work/address.ts";
import type { ShownHeldRow } from "../../web/coverage-work/held-article.ts";
import type { DecisionDraft } from "../../web/coverage-work/held-decision.ts";
import { reviewPage, type ReviewQuery } from "../../web/coverage-work/review-page.ts";
import { REVIEW_WORDS } from "../../web/coverage-work/review-words.ts";
import type { Told, WorkFacts } from "../../web/coverage-work/work-facts.ts";
import { numberText } from "../../web/number-text.ts";
import { writeContext } from "../access/write-context.ts";
import { readQuery } from "../compliance-pages/fields.ts";
import { heldState, ruleId } from "../coverage-imports/schemas.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { plainText, rowNumber } from "../lists/fields.ts";
import { notFound } from "../problem.ts";
import { codeNames } from "./choices.ts";
import { answerWith, workFacts } from "./facts.ts";
import { blank, cursorOf, pageFields, placeIn } from "./paging.ts";

/** Rows on one page: each is a form with tables. */
const PAGE_SIZE = 25;

const count = z.coerce.number<string>().int().min(0).max(1e9).optional();
const filters = {
  submission: blank(rowNumber),
  rule: blank(ruleId),
  state: blank(heldState),
};
const query = z.object({
  ...pageFields,
  ...filters,
  accepted: count,
  proposed: count,
  refused: count,
  same_person: count,
  figures: count,
});

const verdict = z.enum(["accept", "refuse"]);
const bulkFields = z.object({ submission: rowNumber, rule: blank(ruleId) });

/** GET /coverage/review: rows that wait for a person. */
export function reviewHandler(deps: AppDeps) {
  return (c: Context<AppEnv>) => {
    const { accepted, proposed, refused, same_person, figures, ...rest } = readQuery(c, query);
    const facts = workFacts(c, deps);
    const decided =
      accepted === undefined
        ? null
        : {
            accepted,
            proposed: proposed ?? 0,
            refused: refused ?? 0,
            same_person: same_person ?? 0,
            figures: figures ?? 0,
          };
    const told = decided && { done: true, text: doneText(decided, facts.lang) };
    return showReview(c, deps, { query: rest, cursor: rest.cursor, told, draft: null });
  };
}

/** POST /coverage/review/{id}/decide: one row. */
export function decideHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const id = rowNumber.safeParse(c.req.param("id"));
    if (!id.success) throw notFound("such held row");
    const back = readQuery(c, z.object(filters));
    return decideWith(c, deps, { id: id.data, query: back }, async (decision) =>
      decideHeldRow(writeContext(c, deps), id.data, decision),
    );
  };
}

/** POST /coverage/review/bulk: all rows of a file that wait, or those that one rule holds. */
export function bulkHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const fields = bulkFields.safeParse(await c.req.parseBody());
    if (!fields.success) throw notFound("such import");
    const { submission, rule } = fields.data;
    return decideWith(c, deps, { id: "bulk", query: { submission, rule } }, async (decision) => {
      const selection = { submission, rule: rule ?? null };
      return { ok: true, value: await decideHeldRows(writeContext(c, deps), selection, decision) };
    });
  };
}

async function decideWith(
  c: Context<AppEnv>,
  deps: AppDeps,
  { id, query: back }: { readonly id: DecisionDraft["id"]; readonly query: ReviewQuery },
  decide: (decision: HeldDecision) => Promise<Result<HeldDecided, HeldProblem>>,
): Promise<Response> {
  const { lang } = workFacts(c, deps);
  const words = REVIEW_WORDS[lang];
  const body = await c.req.parseBody();
  const typed = typeof body["reason"] === "string" ? body["reason"].trim() : "";
  const again = (problem: string, status: 400 | 409) =>
    showReview(
      c,
      deps,
      { query: back, told: { done: false, text: problem }, draft: { id, reason: typed, problem } },
      status,
    );
  const wanted = verdict.safeParse(body["verdict"]);
  const reason = plainText.safeParse(typed);
  if (!wanted.success) return again(words.badVerdict, 400);
  if (!reason.success) return again(words.needReason, 400);
  const decided = await decide({
    verdict: wanted.data,
    reason: reason.data,
    secondApproval: deps.config.coverageSecondApproval,
    now: new Date(deps.clock()),
  });
  if (!decided.ok) return again(words.problems[decided.problem.kind], 409);
  if (decided.value.figures > 0) deps.onCoverageChanged();
  return c.redirect(addressOf("/coverage/review", { ...back, ...decided.value, lang }), 303);
}

function doneText(decided: HeldDecided, lang: WorkFacts["lang"]): string {
  const { done } = REVIEW_WORDS[lang];
  const text = (value: number) => numberText(value, lang);
  const { accepted, proposed, refused, same_person: same, figures } = decided;
  const told = [
    ...(accepted > 0 ? [done.accepted(text(accepted), text(figures))] : []),
    ...(proposed > 0 ? [done.proposed(text(proposed))] : []),
    ...(refused > 0 ? [done.refused(text(refused))] : []),
    ...(same > 0 ? [done.same_person(text(same))] : []),
  ];
  return told.length === 0 ? done.nothing : told.join(" ");
}

async function showReview(
  c: Context<AppEnv>,
  deps: AppDeps,
  shown: {
    readonly query: ReviewQuery;
    readonly cursor?: string | undefined;
    readonly told: Told | null;
    readonly draft: DecisionDraft | null;
  },
  status: 200 | 400 | 409 = 200,
): Promise<Response> {
  const facts = workFacts(c, deps);
  const { submission, rule, state } = shown.query;
  const list = `coverage-review-page ${JSON.stringify([submission, rule, state])}`;
  const filter = { submission, rule, state, province: facts.province };
  const [groups, names, { rows, next }] = await Promise.all([
    heldGroups(deps.db, facts.province),
    codeNames(deps.db, facts.lang),
    listHeld(deps.db, filter, { limit: PAGE_SIZE, after: placeIn(list, shown.cursor) }),
  ]);
  const page = reviewPage({
    ...facts,
    query: { submission, rule, state },
    groups,
    rows: await besideRecorded(deps.db, rows),
    names,
    nextCursor: cursorOf(list, next),
    secondApproval: deps.config.coverageSecondApproval,
    told: shown.told,
    draft: shown.draft,
  });
  return answerWith(c, facts, page, status);
}

/** Held rows with what the register has of each of their figures now. */
async function besideRecorded(db: Database, rows: readonly HeldRow[]): Promise<ShownHeldRow[]> {
  const figures = await heldFigures(
    db,
    rows.map(({ id }) => id),
  );
  const recorded = await recordedFigures(db, [...figures.values()].flat());
  return rows.map((row) => ({
    ...row,
    figures: (figures.get(row.id) ?? []).map((figure) => ({
      indicator: figure.indicator,
      asOf: figure.asOf,
      source: figure.source,
      operator: figure.operator,
      value: figure,
      before: recorded.current(figure) ?? recorded.before(figure),
    })),
  }));
}
