import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { addDays } from "../../domain/calendar.ts";
import { listRequirements } from "../../reports/compliance-requirements.ts";
import { changesPage } from "../../web/compliance/changes-page.ts";
import { complianceView, demandPast } from "../compliance/about.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { decodeCursor, encodeCursor } from "../lists/cursor.ts";
import { DEFAULT_LIMIT, slug } from "../lists/fields.ts";
import { today } from "../viewpoint.ts";
import { readChanges } from "./changes-read.ts";
import { answerWith, formFacts, pageFacts } from "./facts.ts";
import { changesQuery, listName, readQuery } from "./fields.ts";

/** "Since last month". */
const MONTH_DAYS = 30;

const position = z.tuple([slug]).readonly();

/** GET /compliance/changes: what differs between two days, for people. */
export function changesHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const query = readQuery(c, changesQuery);
    const { lang, cursor, to = today(deps), ...filter } = query;
    const days = { from: query.from ?? addDays(to, -MONTH_DAYS), to };
    for (const end of ["from", "to"] as const) demandPast(deps, end, days[end]);
    const view = complianceView(deps, to);
    const requirements = await listRequirements(deps.db, to);
    const list = listName("compliance-changes", { ...query, ...days });
    const after = cursor === undefined ? null : decodeCursor(list, cursor, position);
    const [{ choices }, { rows, next }] = await Promise.all([
      formFacts(deps, requirements, false),
      readChanges(c, deps, { view, days, filter, limit: DEFAULT_LIMIT, after }),
    ]);
    const madeUp = rows.some((row) => row.made_up);
    const facts = pageFacts(c, deps, { asked: lang, day: to, madeUp });
    const page = changesPage({
      ...facts,
      query: { ...query, ...days },
      today: today(deps),
      choices,
      changes: { ...days, rows, more: next !== null },
      nextCursor: next && encodeCursor(list, next),
    });
    return answerWith(c, facts.lang, page);
  };
}
