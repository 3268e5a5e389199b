import { html } from "hono/html";
import type { Lang } from "./lang.ts";
import { type Html, layout } from "./layout.ts";
import { overviewSection } from "./overview-section.ts";
import type { HomeData } from "./home-data.ts";
import { linkTo } from "./home-query.ts";
import { portalsSection } from "./portals-section.ts";
import { vantageSection } from "./vantage-section.ts";
import { WORDS } from "./words.ts";

/** The first page: what this is, how the portals are, from where, and each portal. */
export function homePage(data: HomeData): Html {
  const { lang, query, madeUp } = data;
  const words = WORDS[lang];
  return layout({
    lang,
    title: words.title,
    body: html`<a class="skip" href="#portals">${words.skip}</a>
      ${madeUp ? html`<p class="made-up" role="note">${words.madeUp}</p>` : ""}
      <header class="top">
        <div>
          <p class="brand">
            <a href="${linkTo({ lang })}">hatangso</a> <span lang="vi">hạ tầng số</span>
          </p>
          <h1>${words.title}</h1>
          <p class="tagline">${words.tagline}</p>
        </div>
        <nav class="langs" aria-label="Language">
          ${(["vi", "en"] as const).map((other) =>
            other === lang
              ? html`<span aria-current="true" lang="${other}">${LANG_NAMES[other]}</span>`
              : html`<a
                  href="${linkTo({ ...query, lang: other })}"
                  hreflang="${other}"
                  lang="${other}"
                  >${LANG_NAMES[other]}</a
                >`,
          )}
        </nav>
      </header>
      <main>
        ${overviewSection(data, words)} ${vantageSection(data.vantage, words)}
        ${portalsSection(data, words)}
      </main>
      ${footer(data)}`,
  });
}

const LANG_NAMES: Readonly<Record<Lang, string>> = { vi: "Tiếng Việt", en: "English" };

function footer({ lang, version, signedIn, timezone }: HomeData): Html {
  const words = WORDS[lang];
  return html`<footer>
    <nav aria-label="API">
      <a href="/docs">${words.docs}</a> <a href="/metrics/portals">${words.portalMetrics}</a>
      <a href="/metrics">${words.metrics}</a> <a href="/readyz">${words.health}</a>
    </nav>
    ${
      signedIn
        ? html`<form method="post" action="/sign-out">
            ${words.signedIn} <button>${words.signOut}</button>
          </form>`
        : ""
    }
    <p>${words.times(timezone)} hatangso ${version}</p>
  </footer>`;
}
