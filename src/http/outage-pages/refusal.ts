import type { Context } from "hono";
import { refusedPage } from "../../web/coverage-work/refused-page.ts";
import { LANGS, pickLang } from "../../web/lang.ts";
import type { AppEnv } from "../env.ts";
import { Problem } from "../problem.ts";
import { askForKey } from "../service/sign-in-key.ts";

/**
 * What people read instead of problem+json: without a key the form that asks for one, else what was wrong and what to
 * do. Faults that are not theirs go on to the one handler of all.
 */
export function refusal(error: Error, c: Context<AppEnv>): Response | Promise<Response> {
  if (!(error instanceof Problem) || error.status === 500) throw error;
  for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
  if (error.status === 401) return askForKey(c, { next: pageOf(c), note: "needed" }, 401);
  const asked = LANGS.find((lang) => lang === c.req.query("lang"));
  const lang = pickLang(asked, c.req.header("accept-language"));
  c.header("Content-Language", lang);
  const details = [error.message, ...error.errors.map(({ detail }) => detail)];
  return c.html(
    refusedPage({ lang, status: error.status, details, back: pageOf(c) }),
    error.status,
  );
}

/** The page to go on to: of a form, the one that has it. */
function pageOf(c: Context<AppEnv>): string {
  const { pathname, search } = new URL(c.req.url);
  if (c.req.method === "GET") return pathname + search;
  const [page = "/"] =
    /^\/(?:incidents\/\d+|maintenance|notifications|status\/edit)/.exec(pathname) ?? [];
  return page;
}
