import { html } from "hono/html";
import type { Lang } from "../lang.ts";
import type { Html, StyleFile } from "../layout.ts";
import { type FooterFacts, pageFooter } from "../page-footer.ts";
import { sitePage } from "../site-page.ts";
import { type CoveragePageName, coverageNav } from "./nav.ts";

/** What every page about coverage is told beside what it is about. */
export interface CoverageFacts extends FooterFacts {
  /** Whether something that the page shows is made up. */
  readonly madeUp: boolean;
}

/** What one page is. */
export interface CoveragePage {
  /** Null for a page below one that the navigation names. */
  readonly name: CoveragePageName | null;
  readonly title: string;
  /** Stands under the title. */
  readonly lead?: Html | string;
  /** The address of this page in another language. */
  readonly linkTo: (lang: Lang) => string;
  /** Stylesheets beside those that all pages have. */
  readonly styles?: readonly StyleFile[];
  /** Scripts of our own, below the content: the page works without them. */
  readonly scripts?: Html;
  readonly body: Html;
}

const WORDS = {
  vi: {
    skip: "Tới nội dung",
    madeUp: "Có số liệu giả định để minh hoạ trên trang này: không phải số liệu thật.",
  },
  en: {
    skip: "Skip to the content",
    madeUp: "This page shows made-up figures for demonstration: they are not real.",
  },
} as const;

/** A page about coverage: the way between the pages, its title, its content. */
export function coveragePage(facts: CoverageFacts, page: CoveragePage): Html {
  const { lang, madeUp } = facts;
  const words = WORDS[lang];
  return sitePage({
    lang,
    title: page.title,
    styles: ["style.css", "compliance.css", ...(page.styles ?? [])],
    skip: { to: "#content", text: words.skip },
    madeUp: madeUp ? words.madeUp : null,
    leads: page.lead === undefined ? [] : [page.lead],
    linkTo: page.linkTo,
    nav: coverageNav(page.name, lang),
    content: html`<main id="content" class="compliance">${page.body}</main>
      ${pageFooter(facts)} ${page.scripts ?? ""}`,
  });
}
