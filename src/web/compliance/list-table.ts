import { html } from "hono/html";
import type { ComplianceRow, PublicComplianceRow } from "../../reports/compliance-row.ts";
import type { ComplianceSort, SortOrder } from "../../reports/compliance-sort.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { timeText } from "../time-text.ts";
import { webLink } from "../web-link.ts";
import { mainProblemCell } from "./main-problem.ts";
import { gradeMark, levelMark, nameText, sinceMark, standingChips } from "./marks.ts";
import type { Style } from "./page-facts.ts";
import { portalLink, portalPath } from "./portal-link.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

export type ListedRow = ComplianceRow | PublicComplianceRow;

/** How the table of the list is made. */
export interface ListTable extends Style {
  readonly rows: readonly ListedRow[];
  /** Whether the portals are of several agencies. */
  readonly withAgency: boolean;
  /** Whether findings of anything are shown. */
  readonly withFindings: boolean;
  /** What is repeated above the header of every printed sheet. */
  readonly running: string;
  /** The order now, and the address of another one; null in a page that stands alone. */
  readonly sorting: {
    readonly sort: ComplianceSort;
    readonly order: SortOrder;
    readonly linkTo: (sort: ComplianceSort, order: SortOrder) => string;
  } | null;
  /** The address of one agency's list; null in a page that stands alone. */
  readonly agencyLink: ((agency: string) => string) | null;
}

/** The list as a table: a row per portal, on a phone a card. */
export function listTable(table: ListTable): Html {
  const { lang, rows, withFindings, running } = table;
  const words = COMPLIANCE_WORDS[lang];
  const { columns } = REPORT_WORDS[lang];
  const headers: readonly { readonly text: string; readonly sort?: ComplianceSort }[] = [
    { text: columns.portal, sort: "name" },
    ...(table.withAgency ? [{ text: columns.agency, sort: "agency" } as const] : []),
    { text: columns.level, sort: "level" },
    { text: columns.grade, sort: "grade" },
    ...(withFindings ? [{ text: words.mainProblem }] : []),
    { text: columns.lastAudit },
  ];
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="list">
    <table class="cards list-table">
      <caption class="hidden">
        ${words.list}
      </caption>
      <thead>
        <tr class="running" aria-hidden="true">
          <td colspan="${headers.length}">${running}</td>
        </tr>
        <tr>
          ${headers.map(({ text, sort }) => headerCell(text, sort, table))}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => listRow(row, table))}
      </tbody>
    </table>
  </div>`;
}

function headerCell(text: string, sort: ComplianceSort | undefined, { sorting }: ListTable): Html {
  if (sorting === null || sort === undefined) return html`<th scope="col">${text}</th>`;
  const sorted = sorting.sort === sort;
  const other: SortOrder = sorted && sorting.order === "asc" ? "desc" : "asc";
  const state = sorting.order === "asc" ? "ascending" : "descending";
  return html`<th scope="col" ${sorted ? html`aria-sort="${state}"` : ""}>
    <a href="${sorting.linkTo(sort, other)}#list">${text}</a>
  </th>`;
}

function listRow(row: ListedRow, table: ListTable): Html {
  const { lang, withFindings, agencyLink } = table;
  const words = COMPLIANCE_WORDS[lang];
  const { columns } = REPORT_WORDS[lang];
  const agency = nameText(row.agency, lang);
  return html`<tr>
    <th scope="row">
      ${agencyLink === null ? ownSectionLink(row, lang) : portalLink(row, lang)} ${webLink(row.url)}
      ${kindLine(row, lang)}
    </th>
    ${
      table.withAgency
        ? html`<td data-label="${columns.agency}">
            ${
              agencyLink === null
                ? agency
                : html`<a href="${agencyLink(row.agency.id)}">${agency}</a>`
            }
          </td>`
        : ""
    }
    <td data-label="${columns.level}" class="standing">
      ${levelMark(row.level, lang)} ${sinceMark(row.level_since, table)} ${standingChips(row, lang)}
    </td>
    <td data-label="${columns.grade}" class="standing">
      ${gradeMark(row.grade, lang)} ${sinceMark(row.grade_since, table)}
    </td>
    ${withFindings ? html`<td class="problem">${problemCell(row, table)}</td>` : ""}
    <td data-label="${columns.lastAudit}">
      ${
        row.last_audit === null
          ? words.neverAudited
          : html`<time class="when" datetime="${row.last_audit.at}"
              >${timeText(row.last_audit.at, table)}</time
            >`
      }
    </td>
  </tr>`;
}

/** In a page that stands alone a portal's findings stand below. */
function ownSectionLink(row: ListedRow, lang: Lang): Html {
  return html`<a href="#portal-${row.id}">${nameText(row, lang)}</a>`;
}

function kindLine({ kind, province, made_up: madeUp }: ListedRow, lang: Lang): Html {
  const words = REPORT_WORDS[lang];
  const place = province === null ? "" : html`, <span lang="vi">${province.name_vi}</span>`;
  return html`<span class="also">${words.kinds[kind]}${place}</span>
    ${madeUp ? html`<span class="chip">${COMPLIANCE_WORDS[lang].example}</span>` : ""}`;
}

/** Of a portal that nobody has looked at there is nothing to say, not even that it has no problem. */
function problemCell(row: ListedRow, { lang, agencyLink }: ListTable): Html | "" {
  if (!("problems" in row) || row.last_audit === null) return "";
  const more = agencyLink === null ? `#portal-${row.id}` : `${portalPath(row.id, lang)}#mend`;
  return mainProblemCell(row, lang, more);
}
