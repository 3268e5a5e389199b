import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { COMPLIANCE_WORDS } from "../../web/compliance/words.ts";
import { LANGS, pickLang } from "../../web/lang.ts";
import { noticePage } from "../../web/notice-page.ts";
import type { AppDeps } from "../deps.ts";
import { type AppEnv, newApi } from "../env.ts";
import { Problem } from "../problem.ts";
import { agenciesHandler } from "./agencies.ts";
import { changesHandler } from "./changes.ts";
import { listHandler } from "./list.ts";
import { mendFirstHandler } from "./mend-first.ts";
import { plansHandler } from "./plans.ts";
import { portalHandler } from "./portal.ts";

/** The pages about compliance, and the page of each portal. */
export function compliancePages(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = newApi();
  app.onError(refusal);
  app.get("/compliance", listHandler(deps));
  app.get("/compliance/agencies", agenciesHandler(deps));
  app.get("/compliance/changes", changesHandler(deps));
  app.get("/compliance/mend-first", mendFirstHandler(deps));
  app.get("/compliance/plans", plansHandler(deps));
  app.get("/portals/:id", portalHandler(deps));
  return app;
}

/** What people read instead of problem+json; faults that are not theirs go on to the one handler of all. */
function refusal(error: Error, c: Context<AppEnv>): Response | Promise<Response> {
  if (!(error instanceof Problem) || error.status >= 500) throw error;
  const asked = LANGS.find((lang) => lang === c.req.query("lang"));
  const lang = pickLang(asked, c.req.header("accept-language"));
  const { notice } = COMPLIANCE_WORDS[lang];
  const said: Readonly<Record<number, readonly [string, string]>> = {
    400: [notice.badQuery, notice.badQueryWhy],
    404: [notice.notFound, notice.notFoundWhy],
  };
  const [title, why] = said[error.status] ?? [notice.needsKey, notice.needsKeyWhy];
  for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
  c.header("Content-Language", lang);
  return c.html(noticePage(title, [why], { lang, back: `/compliance?lang=${lang}` }), error.status);
}
