import { html } from "hono/html";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { pageFooter } from "../page-footer.ts";
import { sitePage } from "../site-page.ts";
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
  return sitePage({
    lang,
    title: page.title,
    styles: ["style.css", "compliance.css"],
    skip: { to: "#content", text: words.skip },
    madeUp: madeUp ? words.madeUp : null,
    leads: [criteriaLine(facts), ...(page.lead === undefined ? [] : [page.lead])],
    linkTo: page.linkTo,
    nav: complianceNav(page.name, lang),
    content: html`<main id="content" class="compliance">${page.body}</main>
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
