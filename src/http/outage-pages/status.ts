import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { freshness } from "../../reports/freshness.ts";
import { statusPage } from "../../reports/status-page.ts";
import { statusPage as pageOf } from "../../web/status/page.ts";
import type { AppDeps } from "../deps.ts";
import { type AppEnv, newApi } from "../env.ts";
import { viewpoint } from "../viewpoint.ts";
import { answerWith, outageFacts } from "./facts.ts";
import { refusal } from "./refusal.ts";

/** GET /status: what the operator chose to publish; open to everyone, whatever PUBLIC_READ says. */
export function publicStatusPage(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = newApi();
  app.onError(refusal);
  app.get("/status", async (c: Context<AppEnv>) => {
    const view = viewpoint(deps);
    const [status, fresh] = await Promise.all([
      statusPage(deps.db, view),
      freshness(deps.db, view),
    ]);
    const facts = outageFacts(c, deps, status.made_up);
    return answerWith(c, facts, pageOf({ ...facts, status, freshness: fresh }));
  });
  return app;
}
