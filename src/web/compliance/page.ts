import { html } from "hono/html";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";
import { langLinks } from "../lang-links.ts";
import { type Html, layout } from "../layout.ts";
import { pageFooter } from "../page-footer.ts";
import { dayText } from "../time-text.ts";
import { complianceNav } from "./nav.ts";
import type { PageFacts } from "./page-facts.ts";
import type { PageName } from "./word-list.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** What one page is. */
interface CompliancePage {
  /** Null for a page below the list. */
  readonly name: PageName | null;
  readonly title: string;
  /** Stands under the title. */
  readonly lead?: Html | string;
  /** The address of this page in another language. */
  readonly linkTo: (lang: Lang) => string;
  readonly body: Html;
}

/** A page about compliance: what it is, of which day, by whose measure and from where; then its content. */
export function compliancePage(facts: PageFacts, page: CompliancePage): Html {
  const { lang, madeUp } = facts;
  const words = COMPLIANCE_WORDS[lang];
  return layout({
    lang,
    title: page.title,
    styles: { files: ["style.css", "compliance.css"] },
    body: html`<a class="skip" href="#content">${words.skip}</a>
      ${madeUp ? html`<p class="made-up" role="note">${words.madeUp}</p>` : ""}
      <header class="top">
        <div>
          <p class="brand">
            <a href="/?lang=${lang}">hatangso</a> <span lang="vi">hạ tầng số</span>
          </p>
          <h1>${page.title}</h1>
          <p class="tagline">${criteriaLine(facts)}</p>
          ${page.lead === undefined ? "" : html`<p class="tagline">${page.lead}</p>`}
        </div>
        ${langLinks(lang, page.linkTo)}
      </header>
      ${complianceNav(page.name, lang)}
      <main id="content" class="compliance">${page.body}</main>
      ${pageFooter(facts)}`,
  });
}

/** Of which day, by whose criteria, and from where: on every page and every printed sheet. */
export function criteriaLine({
  day,
  lang,
  vantage: { name, country },
}: Pick<PageFacts, "day" | "lang" | "vantage">): string {
  const words = COMPLIANCE_WORDS[lang];
  const abroad = country !== null && country !== "VN" ? ` ${words.abroad}` : "";
  return `${REPORT_WORDS[lang].asOf(dayText(day, lang))}. ${words.vantage(name, country)}${abroad}`;
}
