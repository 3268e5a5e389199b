import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { RuleId } from "../../domain/coverage/import-fault.ts";
import { faultGroups, suggestedUnitsDay } from "../../reports/coverage-imports/fault-groups.ts";
import { listFaults } from "../../reports/coverage-imports/faults.ts";
import {
  findSubmission,
  type SubmissionDetail,
} from "../../reports/coverage-imports/submissions.ts";
import type { Database } from "../../store/database.ts";
import { submittedFile } from "../../store/submission-files.ts";
import { addressOf } from "../../web/coverage-work/address.ts";
import type { ShownFaults } from "../../web/coverage-work/fault-section.ts";
import { submissionPage } from "../../web/coverage-work/submission-page.ts";
import type { WorkFacts } from "../../web/coverage-work/work-facts.ts";
import { readQuery } from "../compliance-pages/fields.ts";
import { type ImportingDeps, runImport } from "../coverage-imports/run-import.ts";
import { importForm, ruleId } from "../coverage-imports/schemas.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { day, rowNumber, yes } from "../lists/fields.ts";
import { notFound, Problem } from "../problem.ts";
import { codeNames } from "./choices.ts";
import { answerWith, workFacts } from "./facts.ts";
import { blank, cursorOf, pageFields, placeIn } from "./paging.ts";
import { settingsOf, understoodOf } from "./stored-import.ts";

const query = z.object({ ...pageFields, rule: blank(ruleId), repeated: blank(yes) });

/** Faults of each rule on the page of all, and on the page of one. */
const FEW = 20;
const MANY = 200;

/** GET /coverage/imports/{id}: one file that came, with what to do next. */
export function submissionHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const facts = workFacts(c, deps);
    const { rule, cursor, repeated } = readQuery(c, query);
    const found = await submissionOf(c, deps);
    const [names, suggestedUnits, { faults, nextCursor }] = await Promise.all([
      codeNames(deps.db, facts.lang),
      suggestedUnitsDay(deps.db, found.id),
      shownFaults(deps.db, found, { rule, cursor, lang: facts.lang }),
    ]);
    const page = submissionPage({
      ...facts,
      id: found.id,
      file: found.file,
      by: found.by,
      receivedAt: found.received_at,
      counts: found,
      waiting: found.waiting,
      repeated: repeated ?? false,
      kept: found.kept,
      understood: understoodOf(found),
      settings: settingsOf(found),
      names,
      faults,
      rule,
      nextCursor,
      suggestedUnits,
    });
    return answerWith(c, facts, page);
  };
}

/** POST /coverage/imports/{id}/again: the same file with the list of units of another day. */
export function againHandler(deps: ImportingDeps) {
  return async (c: Context<AppEnv>) => {
    const facts = workFacts(c, deps);
    const found = await submissionOf(c, deps);
    const stored = await submittedFile(deps.db, found.id);
    const body = await c.req.parseBody();
    const units = day.safeParse(body["units"]);
    if (!units.success) throw new Problem(400, "`units` must be a day.");
    if (stored === null) throw new Problem(409, "This file was not kept.");
    const { source, as_of, basis, reason, operator, all_or_nothing } = settingsOf(found);
    const form = importForm.parse({
      file: new File([Buffer.from(stored.bytes)], stored.name),
      units: units.data,
      ...(source === null || facts.province !== null ? {} : { source }),
      ...(as_of === null ? {} : { as_of }),
      ...(basis === null ? {} : { basis }),
      ...(reason === null ? {} : { reason }),
      ...(operator === null ? {} : { operator }),
      ...(all_or_nothing ? { all_or_nothing: "true" } : {}),
    });
    const outcome = await runImport(deps, form, { viewer: c.get("viewer"), via: "page" });
    const { lang } = facts;
    const repeated = outcome.repeated ? "true" : undefined;
    return c.redirect(
      addressOf(`/coverage/imports/${outcome.submission}`, { lang, repeated }),
      303,
    );
  };
}

async function submissionOf(c: Context<AppEnv>, { db }: AppDeps): Promise<SubmissionDetail> {
  const id = rowNumber.safeParse(c.req.param("id"));
  const found = id.success ? await findSubmission(db, id.data, c.get("viewer").province) : null;
  if (found === null) throw notFound("such import");
  return found;
}

async function shownFaults(
  db: Database,
  found: SubmissionDetail,
  asked: { rule: RuleId | undefined; cursor: string | undefined; lang: WorkFacts["lang"] },
): Promise<{ readonly faults: ShownFaults[]; readonly nextCursor: string | null }> {
  const { rule, cursor, lang } = asked;
  const groups = await faultGroups(db, found.id);
  const list = `coverage-import-page ${found.id} ${rule ?? ""}`;
  let nextCursor: string | null = null;
  const faults: ShownFaults[] = [];
  for (const group of groups) {
    if (rule !== undefined && group.rule !== rule) continue;
    const { rows, next } = await listFaults(db, found, group, {
      limit: rule === undefined ? FEW : MANY,
      after: rule === undefined ? null : placeIn(list, cursor),
    });
    const all = addressOf(`/coverage/imports/${found.id}`, { rule: group.rule, lang });
    faults.push({ ...group, rows, all: rule === undefined ? `${all}#faults` : null });
    nextCursor ??= rule === undefined ? null : cursorOf(list, next);
  }
  return { faults, nextCursor };
}
