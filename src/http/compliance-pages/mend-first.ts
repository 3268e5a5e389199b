import type { Context } from "hono";
import { planMending } from "../../reports/mend-first.ts";
import { mendFirstPage } from "../../web/compliance/mend-first-page.ts";
import { detailScope } from "../access/guards.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { today, viewpoint } from "../viewpoint.ts";
import { answerWith, formFacts, pageFacts } from "./facts.ts";
import { mendFirstQuery, readQuery } from "./fields.ts";

/** A plan of more steps is read by nobody. */
const STEPS_SHOWN = 20;

/** GET /compliance/mend-first: what to mend first, for people who may see findings. */
export function mendFirstHandler(deps: AppDeps) {
  return async (c: Context<AppEnv>) => {
    const { lang, to_level: toLevel, ...place } = readQuery(c, mendFirstQuery);
    const scope = detailScope(c.get("viewer"), deps.config);
    const filter = { ...place, toLevel, scope };
    const [plan, { choices }] = await Promise.all([
      planMending(deps.db, viewpoint(deps), filter, STEPS_SHOWN),
      formFacts(deps, [], true),
    ]);
    const facts = pageFacts(c, deps, { asked: lang, day: today(deps) });
    const query = { ...place, to_level: toLevel };
    return answerWith(c, facts.lang, mendFirstPage({ ...facts, query, choices, plan }));
  };
}
