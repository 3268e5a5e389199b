import type { Context } from "hono";
import type { OutageFacts } from "../../web/incidents/page.ts";
import { LANGS, pickLang } from "../../web/lang.ts";
import type { Html } from "../../web/layout.ts";
import { hasRole, isUnlimited } from "../access/viewer.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";

/** What every page about outages is told, whoever asks. */
export function outageFacts(
  c: Context<AppEnv>,
  deps: Pick<AppDeps, "config" | "clock" | "version">,
  madeUp = false,
): OutageFacts {
  const viewer = c.get("viewer");
  const asked = LANGS.find((lang) => lang === c.req.query("lang"));
  return {
    lang: pickLang(asked, c.req.header("accept-language")),
    madeUp: deps.config.madeUp || madeUp,
    signedIn: viewer.signedIn ? viewer.actor.name : null,
    timezone: deps.config.reportTimezone,
    version: deps.version,
    operates: hasRole(viewer, "operator"),
    manages: hasRole(viewer, "operator") && isUnlimited(viewer),
    now: new Date(deps.clock()).toISOString(),
  };
}

/** Answers with a page, which differs by who asks and in which language. */
export async function answerWith(
  c: Context<AppEnv>,
  { lang }: Pick<OutageFacts, "lang">,
  page: Html,
  status: 200 | 400 | 403 | 409 = 200,
): Promise<Response> {
  c.header("Vary", "Accept-Language, Cookie, Authorization");
  c.header("Content-Language", lang);
  return c.html(page, status);
}
