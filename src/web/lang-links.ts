import { html } from "hono/html";
import { type Lang, LANGS } from "./lang.ts";
import type { Html } from "./layout.ts";

const NAMES: Readonly<Record<Lang, string>> = { vi: "Tiếng Việt", en: "English" };

/** The way to the same page in the other language. */
export function langLinks(present: Lang, linkTo: (lang: Lang) => string): Html {
  return html`<nav class="langs" aria-label="Language">
    ${LANGS.map((lang) =>
      lang === present
        ? html`<span aria-current="true" lang="${lang}">${NAMES[lang]}</span>`
        : html`<a href="${linkTo(lang)}" hreflang="${lang}" lang="${lang}">${NAMES[lang]}</a>`,
    )}
  </nav>`;
}
