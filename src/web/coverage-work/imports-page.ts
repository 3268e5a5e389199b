import { html } from "hono/html";
import type { SubmissionRow } from "../../reports/coverage-imports/submissions.ts";
import { cardTable } from "../compliance/card-table.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import { coveragePage } from "../coverage/page.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { timeText } from "../time-text.ts";
import { choiceField } from "./form-parts.ts";
import { type ImportForm, importForm } from "./import-form.ts";
import { IMPORT_WORDS } from "./import-words.ts";
import { addressOf } from "./address.ts";
import type { WorkFacts } from "./work-facts.ts";

/** The page that files are sent from, with those that came. */
export interface ImportsPage extends WorkFacts {
  readonly form: ImportForm;
  readonly query: { readonly outcome?: string | undefined; readonly source?: string | undefined };
  readonly rows: readonly SubmissionRow[];
  readonly nextCursor: string | null;
}

export const OUTCOME_TONES = { accepted: "good", held: "fair", refused: "bad" } as const;

/** The form that sends a file, and the list of files that came, newest first. */
export function importsPage(page: ImportsPage): Html {
  const { lang, query, rows, nextCursor, may } = page;
  const words = IMPORT_WORDS[lang];
  const path = COVERAGE_PATHS.imports;
  return coveragePage(page, {
    name: "imports",
    title: words.title,
    lead: words.lead,
    styles: ["coverage-work.css"],
    linkTo: (other) => addressOf(path, { ...query, lang: other }),
    body: html`<h2 class="hidden">${words.send}</h2>
      ${may.send ? importForm(page.form, lang) : html`<p class="note">${words.mayNot}</p>`}
      <h2>${words.list}</h2>
      ${filterForm(page)}
      ${rows.length === 0 ? html`<p class="empty">${words.none}</p>` : table(page)}
      ${
        nextCursor === null
          ? ""
          : html`<p class="pages-of-list">
              <a href="${addressOf(path, { ...query, cursor: nextCursor, lang })}">${words.next}</a>
            </p>`
      }`,
  });
}

function filterForm({ lang, query, form }: ImportsPage): Html {
  const words = IMPORT_WORDS[lang];
  const outcomes = (["accepted", "held", "refused"] as const).map((value) => ({
    value,
    text: words.outcomes[value],
  }));
  const none = words.anyOutcome;
  return html`<form class="filter-form" method="get" action="${COVERAGE_PATHS.imports}">
    <input type="hidden" name="lang" value="${lang}" />
    ${choiceField({ name: "outcome", label: words.outcome, errors: [], none, options: outcomes, chosen: query.outcome ?? "" })}
    ${
      form.ownSource === null
        ? html`<div class="field">
            <label for="filter-source">${words.source}</label>
            <select id="filter-source" name="source">
              <option value="">${none}</option>
              ${form.sources.map(
                ({ value, text }) =>
                  html`<option value="${value}" ${value === query.source ? html`selected` : ""}>
                    ${text}
                  </option>`,
              )}
            </select>
          </div>`
        : ""
    }
    <div class="field actions"><button class="main-button">${words.filter}</button></div>
  </form>`;
}

function table({ lang, rows, timezone }: ImportsPage): Html {
  const words = IMPORT_WORDS[lang];
  return cardTable({
    label: words.list,
    headings: words.columns,
    rows: rows.map((row) => submissionRow(row, { lang, timezone })),
  });
}

function submissionRow(row: SubmissionRow, style: { lang: Lang; timezone: string }): Html {
  const { lang } = style;
  const words = IMPORT_WORDS[lang];
  const [, received, source, outcome, accepted, held, refused] = words.columns;
  const count = (value: number) => numberText(value, lang);
  return html`<tr>
    <th scope="row"><a href="${submissionPath(row.id)}?lang=${lang}">${row.file}</a></th>
    <td data-label="${received}">
      ${timeText(row.received_at, style)} <span class="also">${words.by} ${row.by}</span>
    </td>
    <td data-label="${source}">${row.source}</td>
    <td data-label="${outcome}">
      <span class="mark ${OUTCOME_TONES[row.outcome]}">${words.outcomes[row.outcome]}</span>
      ${row.waiting > 0 ? html`<span class="also">${words.waitingNow(count(row.waiting))}</span>` : ""}
    </td>
    <td data-label="${accepted}">${count(row.accepted)}</td>
    <td data-label="${held}">${count(row.held)}</td>
    <td data-label="${refused}">${count(row.refused)}</td>
  </tr>`;
}

/** The page of one file that came. */
export function submissionPath(id: number): string {
  return `${COVERAGE_PATHS.imports}/${id}`;
}
