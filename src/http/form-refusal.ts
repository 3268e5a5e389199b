import type { Context } from "hono";
import { LANGS, pickLang } from "../web/lang.ts";
import { refusedPage } from "../web/refused-page.ts";
import type { AppEnv } from "./env.ts";
import { Problem } from "./problem.ts";
import { askForKey } from "./service/sign-in-key.ts";

/**
 * What people read instead of problem+json on pages with forms: without a key the form that asks for one, else what was
 * wrong and what to do. Faults that are not theirs go on to the one handler of all.
 *
 * @param pageOfForm The page that has the form which is sent to a path.
 */
export function formRefusal(pageOfForm: (path: string) => string) {
  const pageOf = (c: Context<AppEnv>) => {
    const { pathname, search } = new URL(c.req.url);
    return c.req.method === "GET" ? pathname + search : pageOfForm(pathname);
  };
  return (error: Error, c: Context<AppEnv>): Response | Promise<Response> => {
    if (!(error instanceof Problem) || error.status === 500) throw error;
    for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
    if (error.status === 401) return askForKey(c, { next: pageOf(c), note: "needed" }, 401);
    const asked = LANGS.find((lang) => lang === c.req.query("lang"));
    const lang = pickLang(asked, c.req.header("accept-language"));
    c.header("Content-Language", lang);
    const details = [error.message, ...error.errors.map(({ detail }) => detail)];
    const page = refusedPage({ lang, status: error.status, details, back: pageOf(c) });
    return c.html(page, error.status);
  };
}
