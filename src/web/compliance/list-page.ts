import { html } from "hono/html";
import type { RequirementRow } from "../../reports/compliance-requirements.ts";
import type { ComplianceShares } from "../../reports/compliance-shares.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { basisSection } from "./basis-section.ts";
import { type Changes, changesSection } from "./changes-section.ts";
import { emptyNote } from "./empty-note.ts";
import { filterForm, filterLine } from "./filter-form.ts";
import { type ListedRow, listTable } from "./list-table.ts";
import { nameText } from "./marks.ts";
import { PAGE_PATHS } from "./nav.ts";
import { compliancePage, criteriaLine } from "./page.ts";
import type { FormChoices, PageFacts } from "./page-facts.ts";
import { exportLink, filtersOf, linkTo, type ListQuery } from "./query.ts";
import { summarySection } from "./summary-section.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** The page of the list. */
export interface ListPage extends PageFacts {
  readonly query: ListQuery;
  /** Today in the zone of the report. */
  readonly today: string;
  readonly choices: FormChoices;
  /** Whether this vantage point has audited anything; if not, how long the first round takes, in milliseconds. */
  readonly audited: boolean;
  readonly auditIntervalMs: number;
  readonly shares: ComplianceShares;
  /** Null where the filter asks for how portals stand now: a difference knows no such filter. */
  readonly changes: Changes | null;
  readonly rows: readonly ListedRow[];
  readonly nextCursor: string | null;
  readonly withFindings: boolean;
  readonly requirements: readonly RequirementRow[];
}

/** Rows of a page that is meant for paper. */
const LONG_PAGE = 500;

/** The compliance list: who is asked about, how they stand together, what changed, and each portal. */
export function listPage(page: ListPage): Html {
  const { lang, query, choices } = page;
  const agency = choices.agencies.find(({ id }) => id === query.agency);
  const title = REPORT_WORDS[lang].title;
  return compliancePage(page, {
    name: Object.keys(filtersOf(query)).length === 0 ? "list" : null,
    title,
    ...(agency === undefined ? {} : { lead: html`<b>${nameText(agency, lang)}</b>` }),
    linkTo: (other) => linkTo(PAGE_PATHS.list, { ...query, lang: other }),
    body: html`${filterForm(query, choices, page)} ${filterLine(query, choices, lang)}
    ${page.audited ? "" : emptyNote(page)} ${jumps(page)}
    ${agency === undefined ? overview(page) : listSection(page)}
    ${agency === undefined ? listSection(page) : overview(page)}
    ${basisSection(page.requirements, page.shares, lang)}`,
  });
}

/** The way down the page, in the order in which things stand on it. */
function jumps({ lang, changes, query, choices }: ListPage): Html {
  const words = COMPLIANCE_WORDS[lang];
  const over = [["summary", words.summary], ...(changes ? [["changes", words.nav.changes]] : [])];
  const list = [["list", words.list]];
  const first = choices.agencies.some(({ id }) => id === query.agency) ? list : over;
  const order = [...first, ...(first === list ? over : list), ["basis", words.basis]];
  return html`<nav class="jumps screen" aria-label="${words.onThisPage}">
    ${order.map(([id, text]) => html`<a href="#${id ?? ""}">${text ?? ""}</a> `)}
  </nav>`;
}

/** How all of them stand together and what changed: before the list of many, behind the list of one agency. */
function overview({ lang, query, shares, changes }: ListPage): Html {
  const { agency, province, kind, q } = query;
  const days = { from: changes?.from, to: changes?.to };
  const all = linkTo(PAGE_PATHS.changes, { agency, province, kind, q, lang, ...days });
  return html`${summarySection(shares, lang, (narrowed) =>
    linkTo(PAGE_PATHS.list, { ...query, cursor: undefined, lang, ...narrowed }),
  )}
  ${changes === null ? "" : changesSection(changes, lang, all)}`;
}

function listSection(page: ListPage): Html {
  const { lang, rows, query } = page;
  const words = COMPLIANCE_WORDS[lang];
  return html`<section aria-labelledby="list">
    <h2 id="list">${words.list}</h2>
    <p class="below screen">
      ${words.exports}:
      ${(["xlsx", "csv", "json"] as const).map(
        (format) =>
          html`<a href="${exportLink("/api/v1/compliance", { ...query, lang }, format)}"
            >${format.toUpperCase()}</a
          > `,
      )}
      <span class="soft">${words.print}</span>
    </p>
    ${page.withFindings ? "" : html`<p class="note">${words.hiddenFindings}</p>`}
    ${
      rows.length === 0
        ? html`<p class="empty">
            ${Object.keys(filtersOf(query)).length === 0 ? words.noPortals : words.noMatch}
          </p>`
        : table(page)
    }
    ${pager(page)}
  </section>`;
}

function table(page: ListPage): Html {
  const { lang, query } = page;
  const { sort = "name", order = "asc" } = query;
  return listTable({
    lang,
    timezone: page.timezone,
    rows: page.rows,
    withAgency: query.agency === undefined,
    withFindings: page.withFindings,
    running: `${REPORT_WORDS[lang].title}. ${criteriaLine(page)}`,
    sorting: {
      sort,
      order,
      linkTo: (by, direction) =>
        linkTo(PAGE_PATHS.list, { ...query, lang, cursor: undefined, sort: by, order: direction }),
    },
    agencyLink: (id) => linkTo(PAGE_PATHS.list, { agency: id, as_of: query.as_of, lang }),
  });
}

/** Where one is in the list, and the way on. */
function pager({ lang, query, rows, nextCursor }: ListPage): Html {
  const words = COMPLIANCE_WORDS[lang];
  const to = (change: Partial<ListQuery>) =>
    `${linkTo(PAGE_PATHS.list, { ...query, lang, ...change })}#list`;
  return html`<p class="below screen">
    <span class="soft">${words.rows(numberText(rows.length, lang))}</span>
    ${
      query.cursor === undefined
        ? ""
        : html`<a href="${to({ cursor: undefined })}">${words.first}</a>`
    }
    ${
      nextCursor === null
        ? ""
        : html`<a class="next" rel="next" href="${to({ cursor: nextCursor })}">${words.next}</a>`
    }
    ${
      nextCursor === null || query.limit === LONG_PAGE
        ? ""
        : html`<a href="${to({ cursor: undefined, limit: LONG_PAGE })}"
            >${words.longer(LONG_PAGE)}</a
          >`
    }
  </p>`;
}
