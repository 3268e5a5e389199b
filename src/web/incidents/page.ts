import { html } from "hono/html";
import type { Lang } from "../lang.ts";
import type { Html, StyleFile } from "../layout.ts";
import { liveAttributes, liveTail, type LiveTopics } from "../live.ts";
import { type FooterFacts, pageFooter } from "../page-footer.ts";
import { sitePage } from "../site-page.ts";
import { type OutagePageName, outageNav } from "./nav.ts";

/** What every page about outages is told beside what it is about. */
export interface OutageFacts extends FooterFacts {
  /** Whether something that the page shows is made up. */
  readonly madeUp: boolean;
  /** Whether the reader's key lets them act on something here: acknowledge, write, plan. */
  readonly operates: boolean;
  /** Whether it is an operator's for everything: notifications and the public page are not divided. */
  readonly manages: boolean;
  /** When the page was made, ISO 8601 UTC. */
  readonly now: string;
}

/** What one page is. */
export interface OutagePage {
  /** Null for a page below one that the navigation names. */
  readonly name: OutagePageName | null;
  readonly title: string;
  /** Stands under the title. */
  readonly lead?: Html | string;
  /** The address of this page in another language. */
  readonly linkTo: (lang: Lang) => string;
  /** Stylesheets beside those that all pages have. */
  readonly styles?: readonly StyleFile[];
  /** Scripts of our own, below the content: the page works without them. */
  readonly scripts?: Html;
  /** What makes the page worth fetching again; null for one that stays as it is. */
  readonly live: LiveTopics | null;
  readonly body: Html;
}

const WORDS = {
  vi: {
    skip: "Tới nội dung",
    madeUp: "Trang này có dữ liệu giả định để minh hoạ: không phải kết quả đo các cổng thật.",
  },
  en: {
    skip: "Skip to the content",
    madeUp: "This page shows made-up data for demonstration: no measurement of real portals.",
  },
} as const;

/** A page about outages: the way between the pages, its title, its content. */
export function outagePage(facts: OutageFacts, page: OutagePage): Html {
  const { lang, madeUp } = facts;
  const words = WORDS[lang];
  return sitePage({
    lang,
    title: page.title,
    styles: [
      "style.css",
      "compliance.css",
      "coverage-work.css",
      "outages.css",
      ...(page.styles ?? []),
    ],
    skip: { to: "#content", text: words.skip },
    madeUp: madeUp ? words.madeUp : null,
    leads: page.lead === undefined ? [] : [page.lead],
    linkTo: page.linkTo,
    nav: outageNav(page.name, lang, facts.manages),
    content: html`<main id="content" class="compliance outages" ${liveAttributes(page.live)}>
        ${page.body}
      </main>
      ${liveTail(page.live, lang)} ${pageFooter(facts)} ${page.scripts ?? ""}`,
  });
}
