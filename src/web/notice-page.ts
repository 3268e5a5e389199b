import { html } from "hono/html";
import { type Html, layout } from "./layout.ts";

/** A page that says one thing plainly, in English: what happened and what to do now. */
export function noticePage(title: string, sentences: readonly string[]): Html {
  return layout({
    lang: "en",
    title,
    body: html`<main class="notice">
      <h1>${title}</h1>
      ${sentences.map((sentence) => html`<p>${sentence}</p>`)}
      <p><a href="/">hatangso</a></p>
    </main>`,
  });
}
