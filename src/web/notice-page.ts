import { html } from "hono/html";
import type { Lang } from "./lang.ts";
import { type Html, layout } from "./layout.ts";

/** A page that says one thing plainly, in English unless told otherwise: what happened and what to do now. */
export function noticePage(
  title: string,
  sentences: readonly string[],
  { lang = "en", back = "/" }: { readonly lang?: Lang; readonly back?: string } = {},
): Html {
  return layout({
    lang,
    title,
    body: html`<main class="notice">
      <h1>${title}</h1>
      ${sentences.map((sentence) => html`<p>${sentence}</p>`)}
      <p><a href="${back}">hatangso</a></p>
    </main>`,
  });
}
