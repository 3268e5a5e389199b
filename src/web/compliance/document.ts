import { readFileSync } from "node:fs";
import { html } from "hono/html";
import type { PortalProblem } from "../../reports/compliance-problems.ts";
import type { ComplianceReport } from "../../reports/compliance-report.ts";
import { MADE_UP, REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";
import { type Html, layout } from "../layout.ts";
import { basisSection } from "./basis-section.ts";
import { changesSection } from "./changes-section.ts";
import { documentPortal } from "./document-portal.ts";
import { listTable } from "./list-table.ts";
import { criteriaLine } from "./page.ts";
import { summarySection } from "./summary-section.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

const STYLE = ["style.css", "compliance.css"]
  .map((name) => readFileSync(new URL(`../assets/${name}`, import.meta.url), "utf8"))
  .join("\n");

/**
 * A whole report as one HTML page that needs nothing else: the summary, what changed, the list, the legal basis, and a
 * printed page per portal where findings are shown. It loads nothing and runs nothing.
 */
export function complianceDocument(report: ComplianceReport, lang: Lang): string {
  const { title } = REPORT_WORDS[lang];
  const page = layout({ lang, title, styles: { text: STYLE }, body: body(report, lang) });
  if (page instanceof Promise) throw new Error("A report waits for nothing, yet its page does");
  return page.toString();
}

function body(report: ComplianceReport, lang: Lang): Html {
  const words = COMPLIANCE_WORDS[lang];
  const { title, sheets } = REPORT_WORDS[lang];
  const line = criteriaLine({
    day: report.day,
    lang,
    vantage: { name: report.vantage, country: null },
  });
  return html`${report.madeUp ? html`<p class="made-up" role="note">${MADE_UP[lang]}</p>` : ""}
    <header class="top">
      <div>
        <p class="brand">hatangso <span lang="vi">hạ tầng số</span></p>
        <h1>${title}</h1>
        <p class="tagline">${line}</p>
      </div>
    </header>
    <main class="compliance">
      ${summarySection(report.shares, lang, () => null)} ${changes(report, lang)}
      <section aria-labelledby="list">
        <h2 id="list">${words.list}</h2>
        ${report.problems === null ? html`<p class="note">${words.hiddenFindings}</p>` : ""}
        ${
          report.portals.length === 0
            ? html`<p class="empty">${words.noMatch}</p>`
            : listTable({
                lang,
                timezone: report.timezone,
                rows: report.portals,
                withAgency: report.agencies.length !== 1,
                withFindings: report.problems !== null,
                running: `${title}. ${line}`,
                sorting: null,
                agencyLink: null,
              })
        }
      </section>
      ${basisSection(report.requirements, report.shares, lang)}
      ${
        report.problems === null
          ? ""
          : html`<section aria-label="${sheets.findings}">
              ${portals(report, report.problems, lang)}
            </section>`
      }
    </main>`;
}

function changes({ changes: given, day }: ComplianceReport, lang: Lang): Html | "" {
  if (given === undefined) return "";
  const shown = { from: given.since, to: day, rows: given.rows, more: false };
  return changesSection(shown, lang, null);
}

function portals(report: ComplianceReport, problems: readonly PortalProblem[], lang: Lang): Html {
  const byPortal = Map.groupBy(problems, ({ portal }) => portal);
  return html`${report.portals.map((row) =>
    documentPortal(row, byPortal.get(row.id) ?? [], { lang, timezone: report.timezone }),
  )}`;
}
