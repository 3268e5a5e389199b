import type { Context } from "hono";
import type { WorkFacts } from "../../web/coverage-work/work-facts.ts";
import { LANGS, pickLang } from "../../web/lang.ts";
import type { Html } from "../../web/layout.ts";
import { hasRole, isUnlimited, type Viewer } from "../access/viewer.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { today } from "../viewpoint.ts";

/** What a page on which the register is worked at is told, whoever asks. */
export function workFacts(c: Context<AppEnv>, deps: AppDeps): WorkFacts {
  const viewer = c.get("viewer");
  const asked = LANGS.find((lang) => lang === c.req.query("lang"));
  return {
    lang: pickLang(asked, c.req.header("accept-language")),
    madeUp: deps.config.madeUp,
    signedIn: viewer.signedIn ? viewer.actor.name : null,
    timezone: deps.config.reportTimezone,
    version: deps.version,
    may: rightsOf(viewer),
    province: viewer.province,
    today: today(deps),
  };
}

function rightsOf(viewer: Viewer): WorkFacts["may"] {
  return {
    send: hasRole(viewer, "operator") && viewer.agency === null,
    decide: hasRole(viewer, "operator") && isUnlimited(viewer),
    publish: hasRole(viewer, "admin") && isUnlimited(viewer),
  };
}

/** Answers with a page, which differs by who asks and in which language. */
export async function answerWith(
  c: Context<AppEnv>,
  { lang }: Pick<WorkFacts, "lang">,
  page: Html,
  status: 200 | 400 | 404 | 409 = 200,
): Promise<Response> {
  c.header("Vary", "Accept-Language, Cookie, Authorization");
  c.header("Content-Language", lang);
  return c.html(page, status);
}
