import { html } from "hono/html";
import { causeText, levelMeaning } from "../../catalogue/index.ts";
import type { PortalProblem } from "../../reports/compliance-problems.ts";
import { findingTexts } from "../../reports/compliance-texts.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { webLink } from "../web-link.ts";
import { evidenceTable } from "./evidence-table.ts";
import { gradeStairs, levelStairs } from "./ladder.ts";
import type { ListedRow } from "./list-table.ts";
import { inMendingOrder } from "./main-problem.ts";
import { familyText, nameText, sinceMark, standingChips, verdictMark } from "./marks.ts";
import type { Style } from "./page-facts.ts";
import { tableHead } from "./table-head.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** One portal, where it stands and everything that is to be mended; with something to mend it begins a printed page. */
export function documentPortal(
  row: ListedRow,
  problems: readonly PortalProblem[],
  style: Style,
): Html {
  const { lang } = style;
  const kind = problems.length === 0 ? "portal-note" : "portal-sheet";
  return html`<section class="${kind}" aria-labelledby="portal-${row.id}">
    <h2 id="portal-${row.id}">${nameText(row, lang)}</h2>
    <p>${webLink(row.url)} ${nameText(row.agency, lang)} ${standingChips(row, lang)}</p>
    <div class="two">${levelStairs(row.level, lang)} ${gradeStairs(row.grade, lang)}</div>
    ${problems.length === 0 ? html`<p>${nothingWrong(row, lang)}</p>` : table(problems, style)}
  </section>`;
}

/** That there is no problem is said of what was looked at alone. */
function nothingWrong(row: ListedRow, lang: Lang): string {
  const words = COMPLIANCE_WORDS[lang];
  if (row.last_audit === null) return words.neverAudited;
  return row.level === "U" ? levelMeaning("U", lang) : words.noProblem;
}

function table(problems: readonly PortalProblem[], style: Style): Html {
  const { columns } = REPORT_WORDS[style.lang];
  const headers = [columns.check, columns.says, columns.evidence, columns.since];
  return html`<table class="cards finding-table">
    ${tableHead(headers)}
    <tbody>
      ${inMendingOrder(problems).map((problem) => problemRow(problem, style))}
    </tbody>
  </table>`;
}

function problemRow(problem: PortalProblem, style: Style): Html {
  const { lang } = style;
  const words = COMPLIANCE_WORDS[lang];
  const { columns } = REPORT_WORDS[lang];
  const { title, says, mend } = findingTexts(problem, lang);
  return html`<tr>
    <th scope="row">
      ${verdictMark(problem.verdict, lang)}
      <span class="code">${problem.check} ${familyText(problem.family, lang)}</span> ${title}
    </th>
    <td data-label="${columns.says}">
      ${says} ${mend === null ? "" : html`<p class="mend"><b>${words.mend}:</b> ${mend}</p>`}
      ${
        problem.causes.length === 0
          ? ""
          : html`<p class="literal">
              ${words.causes}: ${problem.causes.map((cause) => causeText(cause, lang)).join("; ")}
            </p>`
      }
    </td>
    <td data-label="${columns.evidence}">${evidenceTable(problem.evidence, null, lang) ?? ""}</td>
    <td data-label="${columns.since}">${sinceMark(problem.since, style)}</td>
  </tr>`;
}
