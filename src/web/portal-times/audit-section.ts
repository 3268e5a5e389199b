import { html } from "hono/html";
import type { HttpsGrade, ReadinessLevel } from "../../domain/readiness.ts";
import { findingTexts } from "../../reports/compliance-texts.ts";
import type { FindingRow } from "../../reports/portal-findings.ts";
import { familyText, gradeMark, levelMark, sinceMark, verdictMark } from "../compliance/marks.ts";
import type { Style } from "../compliance/page-facts.ts";
import { portalPath } from "../compliance/portal-link.ts";
import type { Html } from "../layout.ts";
import { TIMES_WORDS } from "./words.ts";

/** Where a portal stands by its audits. */
export interface AuditSummary {
  readonly level: ReadinessLevel;
  readonly level_since: string | null;
  readonly grade: HttpsGrade;
  readonly grade_since: string | null;
  /** What is wrong; null for those who may not see findings. */
  readonly findings: readonly FindingRow[] | null;
}

/** More of them are on the portal's own page, with what to do about each. */
const FINDINGS_SHOWN = 8;

/** Level, grade and what is wrong, in short; the portal's own page says what to do. */
export function auditSection(audit: AuditSummary | null, portal: string, style: Style): Html {
  const { lang } = style;
  const words = TIMES_WORDS[lang];
  return html`<section aria-labelledby="audit">
    <h2 id="audit">${words.audit}</h2>
    ${
      audit === null
        ? html`<p class="soft">${words.neverAudited}</p>`
        : html`<p>${levelMark(audit.level, lang)} ${sinceMark(audit.level_since, style)}</p>
            <p>${gradeMark(audit.grade, lang)} ${sinceMark(audit.grade_since, style)}</p>
            ${audit.findings === null ? "" : findingsList(audit.findings, style)}`
    }
    <p><a href="${portalPath(portal, lang)}">${words.about}</a></p>
  </section>`;
}

function findingsList(findings: readonly FindingRow[], { lang }: Style): Html {
  const of = (verdict: "fail" | "warn") => findings.filter((one) => one.verdict === verdict);
  const [fails, warns] = [of("fail"), of("warn")];
  return html`<p>${TIMES_WORDS[lang].auditCounts(fails.length, warns.length)}</p>
    <ul class="plain-findings">
      ${[...fails, ...warns]
        .slice(0, FINDINGS_SHOWN)
        .map(
          (finding) =>
            html`<li>
              ${verdictMark(finding.verdict, lang)} ${findingTexts(finding, lang).title}
              ${familyText(finding.family, lang)}
            </li>`,
        )}
    </ul>`;
}
