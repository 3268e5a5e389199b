import { html } from "hono/html";
import { PORTAL_KINDS } from "../../domain/portal.ts";
import { READINESS_LEVELS, type ReadinessLevel } from "../../domain/readiness.ts";
import type { AgencyComplianceRow } from "../../reports/compliance-agencies.ts";
import type { RequirementRow } from "../../reports/compliance-requirements.ts";
import { LEVEL_TONE } from "../../reports/compliance-sheet.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { emptyNote } from "./empty-note.ts";
import { belowTable } from "./below-table.ts";
import { choicesIn, filterLine } from "./filter-form.ts";
import { dayField, hiddenField, selectField } from "./form-fields.ts";
import { nameText, requirementMark } from "./marks.ts";
import { PAGE_PATHS } from "./nav.ts";
import { compliancePage, criteriaLine } from "./page.ts";
import type { FormChoices, PageFacts } from "./page-facts.ts";
import { linkTo, type ListQuery } from "./query.ts";
import { requirementLabel } from "./requirement-words.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** The page of agencies. */
export interface AgenciesPage extends PageFacts {
  readonly query: Pick<ListQuery, "province" | "kind" | "as_of" | "cursor" | "lang">;
  readonly today: string;
  readonly choices: FormChoices;
  readonly audited: boolean;
  readonly auditIntervalMs: number;
  readonly rows: readonly AgencyComplianceRow[];
  readonly nextCursor: string | null;
  /** Requirements that a column is shown for. */
  readonly shown: readonly RequirementRow[];
}

/** Every agency with its portals counted by level and what each requirement comes to over all of them. */
export function agenciesPage(page: AgenciesPage): Html {
  const { lang, query, rows } = page;
  const words = COMPLIANCE_WORDS[lang];
  const path = PAGE_PATHS.agencies;
  return compliancePage(page, {
    name: "agencies",
    title: words.titles.agencies,
    lead: words.leads.agencies,
    linkTo: (other) => linkTo(path, { ...query, lang: other }),
    body: html`${form(page)} ${filterLine(query, page.choices, lang)}
    ${page.audited ? "" : emptyNote(page)}
    ${rows.length === 0 ? html`<p class="empty">${words.noPortals}</p>` : table(page)}
    ${belowTable({
      next:
        page.nextCursor === null ? null : linkTo(path, { ...query, lang, cursor: page.nextCursor }),
      nextText: words.next,
      api: "/api/v1/compliance/agencies",
      query: { ...query, lang },
      formats: ["xlsx", "csv", "json"],
    })}`,
  });
}

function form({ lang, query, choices, today }: AgenciesPage): Html {
  const words = COMPLIANCE_WORDS[lang];
  const names = words.filterNames;
  const { kinds } = REPORT_WORDS[lang];
  const provinces = choicesIn(choices.provinces, lang);
  return html`<form class="filter-form" method="get" action="${PAGE_PATHS.agencies}">
    ${hiddenField("lang", lang)}
    ${selectField(
      { name: "province", label: names.province, options: provinces, chosen: query.province },
      lang,
    )}
    ${selectField(
      {
        name: "kind",
        label: names.kind,
        options: PORTAL_KINDS.map((kind) => ({ value: kind, text: kinds[kind] })),
        chosen: query.kind,
      },
      lang,
    )}
    ${dayField("as_of", names.as_of, query.as_of, today)}
    <div class="field actions"><button class="main-button">${words.apply}</button></div>
  </form>`;
}

function table(page: AgenciesPage): Html {
  const { lang, rows, shown } = page;
  const words = COMPLIANCE_WORDS[lang];
  const { columns, title } = REPORT_WORDS[lang];
  const headers = [
    columns.agency,
    columns.counted,
    words.worst,
    ...shown.map((requirement) => requirementLabel(requirement, lang)),
  ];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${words.nav.agencies}">
    <table class="cards agency-table">
      <caption class="hidden">
        ${words.titles.agencies}
      </caption>
      <thead>
        <tr class="running" aria-hidden="true">
          <td colspan="${headers.length}">${title}. ${criteriaLine(page)}</td>
        </tr>
        <tr>
          ${headers.map((text) => html`<th scope="col">${text}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => agencyRow(row, page, headers))}
      </tbody>
    </table>
  </div>`;
}

function agencyRow(
  row: AgencyComplianceRow,
  { lang, shown, query }: AgenciesPage,
  headers: readonly string[],
): Html {
  const words = COMPLIANCE_WORDS[lang];
  const to = linkTo(PAGE_PATHS.list, { agency: row.id, as_of: query.as_of, lang });
  const { counted, redirected } = row.portals;
  return html`<tr>
    <th scope="row">
      <a href="${to}">${nameText(row, lang)}</a>
      ${row.made_up ? html`<span class="chip">${words.example}</span>` : ""}
    </th>
    <td data-label="${headers[1] ?? ""}" class="number">
      ${numberText(counted, lang)}
      ${
        redirected === 0
          ? ""
          : html`<span class="also"
              >+ ${numberText(redirected, lang)} ${REPORT_WORDS[lang].columns.redirected}</span
            >`
      }
    </td>
    <td data-label="${words.worst}">${levelCounts(row.levels, lang)}</td>
    ${shown.map((requirement, index) => {
      const result = row.requirements.find(({ id }) => id === requirement.id);
      return html`<td data-label="${headers[index + 3] ?? ""}">
        ${result === undefined ? "" : requirementMark(result.verdict, lang)}
      </td>`;
    })}
  </tr>`;
}

/** The levels that occur, worst first, each with its count. */
function levelCounts(levels: Readonly<Record<ReadinessLevel, number>>, lang: Lang): Html {
  const found = READINESS_LEVELS.filter((level) => levels[level] > 0);
  return html`<span class="level-counts">
    ${found.map(
      (level) =>
        html`<span
          ><span class="mark ${LEVEL_TONE[level]}">${level}</span>&nbsp;×&nbsp;${numberText(
            levels[level],
            lang,
          )}</span
        > `,
    )}
  </span>`;
}
