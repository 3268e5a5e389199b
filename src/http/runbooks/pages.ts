import type { Context } from "hono";
import { type Lang, LANGS, pickLang } from "../../web/lang.ts";
import type { Html } from "../../web/layout.ts";
import { noticePage } from "../../web/notice-page.ts";
import { runbookList, runbookPage } from "../../web/runbooks/pages.ts";
import type { AppDeps } from "../deps.ts";
import { type AppEnv, newApi } from "../env.ts";

const UNKNOWN: Readonly<Record<Lang, readonly [title: string, text: string]>> = {
  vi: ["Không có sổ tay này", "Không có cảnh báo nào tên như vậy. Danh sách ở /runbooks."],
  en: ["There is no such runbook", "No alert has this name. /runbooks lists those that there are."],
};

/**
 * GET /runbooks and /runbooks/{alert}, open to everyone, also while the database is lost: they say nothing about
 * portals, and are wanted when things are bad.
 */
export function runbooks({ runbooks: shelf }: Pick<AppDeps, "runbooks">) {
  const app = newApi();
  const list = async (c: Context<AppEnv>) => {
    const lang = langOf(c);
    return answer(c, lang, runbookList(await shelf.alerts(), lang));
  };
  app.get("/runbooks", list);
  app.get("/runbooks/", list);
  app.get("/runbooks/:alert", async (c) => {
    const lang = langOf(c);
    const found = await shelf.of(c.req.param("alert"));
    if (found) return answer(c, lang, runbookPage(found, lang));
    const [title, text] = UNKNOWN[lang];
    return answer(
      c,
      lang,
      noticePage(title, [text], { lang, back: `/runbooks?lang=${lang}` }),
      404,
    );
  });
  return app;
}

function langOf(c: Context<AppEnv>): Lang {
  const asked = LANGS.find((lang) => lang === c.req.query("lang"));
  return pickLang(asked, c.req.header("accept-language"));
}

async function answer(
  c: Context<AppEnv>,
  lang: Lang,
  page: Html,
  status: 200 | 404 = 200,
): Promise<Response> {
  c.header("Vary", "Accept-Language");
  c.header("Content-Language", lang);
  return c.html(page, status);
}
