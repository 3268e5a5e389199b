import type { Context } from "hono";
import type { CoverageFacts } from "../../web/coverage/page.ts";
import { type Lang, pickLang } from "../../web/lang.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";

/** What every page about coverage is told; `madeUp`: something on it is. */
export function coverageFacts(
  c: Context<AppEnv>,
  deps: AppDeps,
  { asked, madeUp }: { readonly asked: Lang | undefined; readonly madeUp: boolean },
): CoverageFacts {
  const viewer = c.get("viewer");
  return {
    lang: pickLang(asked, c.req.header("accept-language")),
    madeUp: deps.config.madeUp || madeUp,
    signedIn: viewer.signedIn ? viewer.actor.name : null,
    timezone: deps.config.reportTimezone,
    version: deps.version,
  };
}
