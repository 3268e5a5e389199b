import type { Context } from "hono";
import { createOpenData } from "../../reports/coverage-releases/open-data.ts";
import { openDataPage } from "../../web/coverage-read/open-data-page.ts";
import { answerWith } from "../compliance-pages/facts.ts";
import { readQuery } from "../compliance-pages/fields.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { coverageFacts } from "./facts.ts";
import { langQuery } from "./fields.ts";

/** GET /open-data: every release as files, with licence and checksums. */
export function openDataHandler(deps: AppDeps) {
  const openData = createOpenData(deps.boundaries);
  return async (c: Context<AppEnv>) => {
    const { lang } = readQuery(c, langQuery);
    const catalogue = await openData.catalogue(deps.db, new URL(c.req.url).origin);
    const madeUp = catalogue.datasets.some(({ release }) => release.made_up);
    const facts = coverageFacts(c, deps, { asked: lang, madeUp });
    return answerWith(c, facts.lang, openDataPage(facts, catalogue));
  };
}
