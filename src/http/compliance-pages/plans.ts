import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { planShares } from "../../reports/plan-shares.ts";
import { listPlans } from "../../reports/plans.ts";
import { plansPage } from "../../web/compliance/plans-page.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { decodeCursor, encodeCursor } from "../lists/cursor.ts";
import { DEFAULT_LIMIT, positionNumber, positionText } from "../lists/fields.ts";
import { visiblePlan } from "../plans/visible.ts";
import { today } from "../viewpoint.ts";
import { answerWith, formFacts, pageFacts } from "./facts.ts";
import { listName, plansQuery, readQuery } from "./fields.ts";

const position = z.tuple([positionText, positionNumber]).readonly();

/** GET /compliance/plans: the plan register, for people. */
export function plansHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const query = readQuery(c, plansQuery);
    const { lang, cursor, ...filter } = query;
    const asOf = today(deps);
    const list = listName("compliance-plans", query);
    const after = cursor === undefined ? null : decodeCursor(list, cursor, position);
    const [{ choices }, shares, { rows, next }] = await Promise.all([
      formFacts(deps, [], false),
      planShares(deps.db, { asOf, timezone: deps.config.reportTimezone }),
      listPlans(deps.db, { ...filter, asOf }, { limit: DEFAULT_LIMIT, after }),
    ]);
    const facts = pageFacts(c, deps, { asked: lang, day: asOf });
    const visible = visiblePlan(c.get("viewer"), deps.config.publicRead);
    const nextCursor = next && encodeCursor(list, next);
    return answerWith(
      c,
      facts.lang,
      plansPage({ ...facts, query, choices, shares, rows: rows.map(visible), nextCursor }),
    );
  };
}
