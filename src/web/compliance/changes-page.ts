import { html } from "hono/html";
import type { Html } from "../layout.ts";
import { dayText } from "../time-text.ts";
import { type Changes, changeTable } from "./changes-section.ts";
import { belowTable } from "./below-table.ts";
import { choicesIn, filterLine } from "./filter-form.ts";
import { dayField, hiddenField, selectField, textField } from "./form-fields.ts";
import { PAGE_PATHS } from "./nav.ts";
import { compliancePage } from "./page.ts";
import type { FormChoices, PageFacts } from "./page-facts.ts";
import { type ChangesQuery, linkTo } from "./query.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** The page of changes. */
export interface ChangesPage extends PageFacts {
  readonly query: ChangesQuery;
  readonly today: string;
  readonly choices: FormChoices;
  readonly changes: Changes;
  readonly nextCursor: string | null;
}

/** Everything that changed between two days, with the findings that go with it. */
export function changesPage(page: ChangesPage): Html {
  const { lang, query, changes, nextCursor } = page;
  const words = COMPLIANCE_WORDS[lang];
  const path = PAGE_PATHS.changes;
  const days = [dayText(changes.from, lang), dayText(changes.to, lang)] as const;
  return compliancePage(page, {
    name: "changes",
    title: words.titles.changes,
    lead: words.leads.changes,
    linkTo: (other) => linkTo(path, { ...query, lang: other }),
    body: html`${form(page)}
      <h2>${words.changesSince(...days)}</h2>
      ${filterLine(query, page.choices, lang)}
      ${
        changes.rows.length === 0
          ? html`<p class="empty">${words.noChanges}</p>`
          : changeTable(changes.rows, lang)
      }
      ${belowTable({
        next: nextCursor === null ? null : linkTo(path, { ...query, lang, cursor: nextCursor }),
        nextText: words.next,
        api: "/api/v1/compliance/diff",
        query: { ...query, lang },
        formats: ["xlsx", "csv", "json"],
      })}`,
  });
}

function form({ lang, query, choices, changes, today }: ChangesPage): Html {
  const words = COMPLIANCE_WORDS[lang];
  const names = words.filterNames;
  const agencies = choicesIn(choices.agencies, lang);
  const provinces = choicesIn(choices.provinces, lang);
  return html`<form class="filter-form" method="get" action="${PAGE_PATHS.changes}">
    ${hiddenField("lang", lang)} ${dayField("from", names.from, changes.from, today)}
    ${dayField("to", names.to, changes.to, today)}
    ${selectField(
      { name: "agency", label: names.agency, options: agencies, chosen: query.agency },
      lang,
    )}
    ${selectField(
      { name: "province", label: names.province, options: provinces, chosen: query.province },
      lang,
    )}
    ${textField("q", names.q, query.q)}
    <div class="field actions"><button class="main-button">${words.apply}</button></div>
  </form>`;
}
