import { html } from "hono/html";
import { complianceNav } from "./compliance/nav.ts";
import type { HomeData } from "./home-data.ts";
import { linkTo } from "./home-query.ts";
import { freshnessLine, openIncidents } from "./home-incidents.ts";
import { openText } from "./incidents/incident-table.ts";
import { langLinks } from "./lang-links.ts";
import { type Html, layout } from "./layout.ts";
import { liveAttributes, liveTail } from "./live.ts";
import { overviewSection } from "./overview-section.ts";
import { pageFooter } from "./page-footer.ts";
import { portalsSection } from "./portals-section.ts";
import { vantageSection } from "./vantage-section.ts";
import { WORDS } from "./words.ts";

/** The first page: what this is, how the portals are, from where, and each portal. */
export function homePage(data: HomeData): Html {
  const { lang, query, madeUp } = data;
  const words = WORDS[lang];
  const live = {
    events: ["incidents", "run", "vantage"],
    everySeconds: 15,
    says: openText(data.incidents, data.moreOpen, lang),
  } as const;
  return layout({
    lang,
    title: words.title,
    styles: { files: ["style.css", "outages.css"] },
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
        ${langLinks(lang, (other) => linkTo({ ...query, lang: other }))}
      </header>
      ${complianceNav("home", lang)}
      <main ${liveAttributes(live)}>
        ${freshnessLine(data)} ${overviewSection(data, words)} ${openIncidents(data)}
        ${vantageSection(data.vantage, words)} ${portalsSection(data, words)}
      </main>
      ${liveTail(live, lang)} ${pageFooter(data)}`,
  });
}
