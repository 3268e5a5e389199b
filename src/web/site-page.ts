import { html } from "hono/html";
import type { Lang } from "./lang.ts";
import { langLinks } from "./lang-links.ts";
import { type Html, layout, type StyleFile } from "./layout.ts";

/** What stands around the content of every page that belongs to the site. */
export interface SitePage {
  readonly lang: Lang;
  readonly title: string;
  readonly styles: readonly StyleFile[];
  /** Where the first link of the page leads, for who goes by keyboard, and what it says. */
  readonly skip: { readonly to: string; readonly text: string };
  /** The sentence that says what is made up; null where nothing is. */
  readonly madeUp: string | null;
  /** Stand under the title. */
  readonly leads: readonly (Html | string)[];
  /** The address of this page in another language. */
  readonly linkTo: (lang: Lang) => string;
  readonly nav: Html;
  /** The main element and what follows it. */
  readonly content: Html;
}

/** A page of the site: what is made up, whose it is, its title, the way to others and to other languages, its content. */
export function sitePage(page: SitePage): Html {
  const { lang, title, styles, skip, madeUp } = page;
  return layout({
    lang,
    title,
    styles: { files: styles },
    body: html`<a class="skip" href="${skip.to}">${skip.text}</a>
      ${madeUp === null ? "" : html`<p class="made-up" role="note">${madeUp}</p>`}
      <header class="top">
        <div>
          <p class="brand">
            <a href="/?lang=${lang}">hatangso</a> <span lang="vi">hạ tầng số</span>
          </p>
          <h1>${title}</h1>
          ${page.leads.map((lead) => html`<p class="tagline">${lead}</p>`)}
        </div>
        ${langLinks(lang, page.linkTo)}
      </header>
      ${page.nav} ${page.content}`,
  });
}
