import { html } from "hono/html";
import type { AuditRow } from "../../reports/portal-audits.ts";
import type { StandingSpan } from "../../reports/portal-standing.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Html } from "../layout.ts";
import { instantDayText, timeText } from "../time-text.ts";
import { gradeMark, levelMark } from "./marks.ts";
import type { Style } from "./page-facts.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** Which level and grade the list showed when, and the audits behind the latest; `factsLink` is null where facts are hidden. */
export function historySection(
  history: readonly StandingSpan[],
  audits: readonly AuditRow[],
  style: Style & { readonly factsLink: ((audit: number) => string) | null },
): Html {
  const words = COMPLIANCE_WORDS[style.lang];
  const { columns } = REPORT_WORDS[style.lang];
  return html`<section aria-labelledby="history">
    <h2 id="history">${words.history}</h2>
    ${
      history.length === 0
        ? html`<p class="empty">${words.neverAudited}</p>`
        : html`<table class="history-table">
            <caption class="hidden">
              ${words.history}
            </caption>
            <thead>
              <tr>
                ${[columns.since, words.until, columns.level, columns.grade].map(
                  (text) => html`<th scope="col">${text}</th>`,
                )}
              </tr>
            </thead>
            <tbody>
              ${history.map((span) => spanRow(span, style))}
            </tbody>
          </table>`
    }
    ${audits.length === 0 ? "" : auditTable(audits, style)}
  </section>`;
}

function spanRow({ from, to, level, grade }: StandingSpan, style: Style): Html {
  return html`<tr>
    <th scope="row">${instantDayText(from, style)}</th>
    <td>${to === null ? COMPLIANCE_WORDS[style.lang].now : instantDayText(to, style)}</td>
    <td>${levelMark(level, style.lang)}</td>
    <td>${gradeMark(grade, style.lang)}</td>
  </tr>`;
}

function auditTable(
  audits: readonly AuditRow[],
  style: Style & { readonly factsLink: ((audit: number) => string) | null },
): Html {
  const { lang, factsLink } = style;
  const words = COMPLIANCE_WORDS[lang];
  const { columns } = REPORT_WORDS[lang];
  return html`<h3>${words.auditList}</h3>
    <table class="history-table">
      <caption class="hidden">
        ${words.auditList}
      </caption>
      <thead>
        <tr>
          ${[words.auditAt, words.trigger, columns.level, columns.grade].map(
            (text) => html`<th scope="col">${text}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${audits.map(
          ({ id, started_at: at, trigger, level, grade }) =>
            html`<tr>
              <th scope="row">
                ${
                  factsLink === null
                    ? timeText(at, style)
                    : html`<a href="${factsLink(id)}">${timeText(at, style)}</a>`
                }
              </th>
              <td>${words.triggers[trigger]}</td>
              <td>${levelMark(level, lang)}</td>
              <td>${gradeMark(grade, lang)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}
