import type { Context } from "hono";
import { COMPLIANCE_WORDS } from "../../web/compliance/words.ts";
import { COVERAGE_PATHS } from "../../web/coverage/nav.ts";
import { LANGS, pickLang } from "../../web/lang.ts";
import { noticePage } from "../../web/notice-page.ts";
import type { AppEnv } from "../env.ts";
import { Problem } from "../problem.ts";

/** What people read instead of problem+json; faults that are not theirs go on to the one handler of all. */
export function refusal(error: Error, c: Context<AppEnv>): Response | Promise<Response> {
  if (!(error instanceof Problem) || error.status >= 500) throw error;
  const asked = LANGS.find((lang) => lang === c.req.query("lang"));
  const lang = pickLang(asked, c.req.header("accept-language"));
  const { notice } = COMPLIANCE_WORDS[lang];
  const missing: readonly [string, string] =
    lang === "vi"
      ? ["Không tìm thấy", "Không có đơn vị hay bản công bố này."]
      : ["Not found", "There is no such unit or release."];
  const said: Readonly<Record<number, readonly [string, string]>> = {
    400: [notice.badQuery, notice.badQueryWhy],
    404: missing,
  };
  const [title, why] = said[error.status] ?? [notice.needsKey, notice.needsKeyWhy];
  for (const [name, value] of Object.entries(error.headers)) c.header(name, value);
  c.header("Content-Language", lang);
  const back = `${COVERAGE_PATHS.map}?lang=${lang}`;
  return c.html(noticePage(title, [why], { lang, back }), error.status);
}
