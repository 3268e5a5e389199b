import { html } from "hono/html";
import { complianceNav } from "./compliance/nav.ts";
import type { HomeData } from "./home-data.ts";
import { linkTo } from "./home-query.ts";
import { freshnessLine, openIncidents } from "./home-incidents.ts";
import { openText } from "./incidents/incident-table.ts";
import type { Html } from "./layout.ts";
import { liveAttributes, liveTail } from "./live.ts";
import { overviewSection } from "./overview-section.ts";
import { pageFooter } from "./page-footer.ts";
import { portalsSection } from "./portals-section.ts";
import { sitePage } from "./site-page.ts";
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
  return sitePage({
    lang,
    title: words.title,
    styles: ["style.css", "outages.css"],
    skip: { to: "#portals", text: words.skip },
    madeUp: madeUp ? words.madeUp : null,
    leads: [words.tagline],
    linkTo: (other) => linkTo({ ...query, lang: other }),
    nav: complianceNav("home", lang),
    content: html`<main ${liveAttributes(live)}>
        ${freshnessLine(data)} ${overviewSection(data, words)} ${openIncidents(data)}
        ${vantageSection(data.vantage, words)} ${portalsSection(data, words)}
      </main>
      ${liveTail(live, lang)} ${pageFooter(data)}`,
  });
}
