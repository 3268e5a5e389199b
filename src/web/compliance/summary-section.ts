import { html } from "hono/html";
import {
  HTTPS_GRADES,
  type HttpsGrade,
  READINESS_LEVELS,
  type ReadinessLevel,
} from "../../domain/readiness.ts";
import type { ComplianceShares, SharePair } from "../../reports/compliance-shares.ts";
import { gradeWords, levelWords } from "../../reports/compliance-texts.ts";
import { CRITERIA, REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { gradeMark, levelMark } from "./marks.ts";
import { shareText } from "./share-text.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** Where a count leads: the list narrowed to it, or nowhere in a page that stands alone. */
type CountLink = (narrowed: { level: ReadinessLevel } | { grade: HttpsGrade }) => string | null;

/** How many portals stand where, and the shares of portals and agencies side by side. */
export function summarySection(shares: ComplianceShares, lang: Lang, countLink: CountLink): Html {
  const words = COMPLIANCE_WORDS[lang];
  const number = (value: number) => numberText(value, lang);
  const { counted, redirected } = shares.portals;
  return html`<section aria-labelledby="summary">
    <h2 id="summary">${words.summary}</h2>
    <p>
      ${words.counted(number(counted), number(shares.agencies))}
      ${redirected === 0 ? "" : words.redirected(number(redirected))}
      ${shares.levels.U === 0 ? "" : words.notKnown(number(shares.levels.U))}
    </p>
    <div class="summary">
      <div class="counts">
        ${countTable({
          caption: words.byLevel,
          counts: READINESS_LEVELS.toReversed().map((level) => ({
            mark: levelMark(level, lang),
            count: shares.levels[level],
            href: countLink({ level }),
          })),
          lang,
        })}
        ${countTable({
          caption: words.byGrade,
          counts: HTTPS_GRADES.map((grade) => ({
            mark: gradeMark(grade, lang),
            count: shares.grades[grade],
            href: countLink({ grade }),
          })),
          lang,
        })}
      </div>
      ${shareTable(shares, lang)}
    </div>
  </section>`;
}

interface CountTable {
  readonly caption: string;
  readonly counts: readonly {
    readonly mark: Html;
    readonly count: number;
    readonly href: string | null;
  }[];
  readonly lang: Lang;
}

/** Counts with a bar each; the bar repeats the number, so that screen readers skip it. */
function countTable({ caption, counts, lang }: CountTable): Html {
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return html`<table class="count-table">
    <caption>
      ${caption}
    </caption>
    <tbody>
      ${counts.map(
        ({ mark, count, href }) =>
          html`<tr>
            <th scope="row">
              ${href === null || count === 0 ? mark : html`<a href="${href}#list">${mark}</a>`}
            </th>
            <td class="number">${numberText(count, lang)}</td>
            <td class="bar-cell" aria-hidden="true">
              <svg class="count-bar" viewBox="0 0 100 8" preserveAspectRatio="none">
                <rect width="${(100 * count) / most}" height="8"></rect>
              </svg>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Every step of ladder and grades that is worth reaching (D is HTTPS that is broken) with its share of portals and of agencies. */
function shareTable({ ladder, https }: ComplianceShares, lang: Lang): Html {
  const words = COMPLIANCE_WORDS[lang];
  const { columns } = REPORT_WORDS[lang];
  const rows = [
    ...ladder.map((step) => ({ step, name: levelWords(step.at_least, lang) })),
    ...https
      .filter(({ at_least: grade }) => grade !== "D")
      .map((step) => ({ step, name: `HTTPS ${gradeWords(step.at_least, lang)}` })),
  ];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${words.sharesCaption}">
    <table class="share-table">
      <caption>
        ${words.sharesCaption}, ${CRITERIA[lang]}. ${words.agencyRule}
        ${REPORT_WORDS[lang].unknownNote}
      </caption>
      <thead>
        <tr>
          <th scope="col">${columns.yardstick}</th>
          <th scope="col">${columns.portalsPassed}</th>
          <th scope="col">${columns.portalsUnknown}</th>
          <th scope="col">${columns.agenciesPassed}</th>
          <th scope="col">${columns.agenciesUnknown}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ step, name }) =>
            html`<tr>
              <th scope="row">${words.orBetter(name)}</th>
              ${shareCells(step, lang)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Share and unknown, of portals and of agencies: four cells. */
function shareCells({ portals, agencies }: SharePair, lang: Lang): Html {
  return html`<td class="number">${shareText(portals, lang)}</td>
    <td class="number">${numberText(portals.unknown, lang)}</td>
    <td class="number">${shareText(agencies, lang)}</td>
    <td class="number">${numberText(agencies.unknown, lang)}</td>`;
}
