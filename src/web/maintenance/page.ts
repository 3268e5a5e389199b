import { html } from "hono/html";
import type { MaintenanceRow } from "../../reports/maintenance.ts";
import { portalLink } from "../compliance/portal-link.ts";
import { tableHead } from "../compliance/table-head.ts";
import { toldBox } from "../coverage-work/form-parts.ts";
import type { Told } from "../coverage-work/work-facts.ts";
import { durationText } from "../duration-text.ts";
import { instantText } from "../incidents/incident-table.ts";
import { OUTAGE_PATHS } from "../incidents/nav.ts";
import { type OutageFacts, outagePage } from "../incidents/page.ts";
import type { Html } from "../layout.ts";
import { timeText } from "../time-text.ts";
import { type WindowForm, windowForm } from "./form.ts";
import { ruleText } from "./rule-text.ts";
import { MAINTENANCE_WORDS } from "./words.ts";

/** The page of maintenance windows. */
export interface MaintenancePage extends OutageFacts {
  readonly active: readonly MaintenanceRow[];
  readonly upcoming: readonly MaintenanceRow[];
  readonly past: readonly MaintenanceRow[];
  /** Cursor of the next page of past ones, null on the last. */
  readonly nextCursor: string | null;
  /** Whether notes and names of people are shown. */
  readonly details: boolean;
  /** Whether the reader may cancel this window. */
  readonly mayCancel: (window: MaintenanceRow) => boolean;
  readonly form: Omit<WindowForm, "lang">;
  readonly told: Told | null;
}

/** What is and will be in maintenance, and the form that plans more. */
export function maintenancePage(page: MaintenancePage): Html {
  const { lang, told, form, operates, active } = page;
  const words = MAINTENANCE_WORDS[lang];
  const refused = form.errors.length > 0 || (told !== null && !told.done);
  return outagePage(page, {
    name: "maintenance",
    title: words.title,
    lead: words.lead,
    live: refused ? null : { events: ["incidents"], says: words.now(active.length) },
    linkTo: (other) => `${OUTAGE_PATHS.maintenance}?lang=${other}`,
    body: html`${toldBox(told)} ${section(page, "active")} ${section(page, "upcoming")}
      <section aria-labelledby="create">
        <h2 id="create">${words.create}</h2>
        ${operates ? windowForm({ ...form, lang }) : html`<p class="note">${words.mayNot}</p>`}
      </section>
      ${section(page, "past")}`,
  });
}

function section(page: MaintenancePage, part: "active" | "upcoming" | "past"): Html {
  const { lang, nextCursor } = page;
  const words = MAINTENANCE_WORDS[lang];
  const rows = page[part];
  const next = new URLSearchParams({ lang, cursor: nextCursor ?? "" }).toString();
  return html`<section aria-labelledby="${part}">
    <h2 id="${part}">${words.sections[part]}</h2>
    ${rows.length === 0 ? html`<p class="empty">${words.none[part]}</p>` : table(page, rows, part)}
    ${
      part === "past" && nextCursor !== null
        ? html`<p class="below">
            <a class="next" href="${OUTAGE_PATHS.maintenance}?${next}">${words.next}</a>
          </p>`
        : ""
    }
  </section>`;
}

function table(page: MaintenancePage, rows: readonly MaintenanceRow[], part: string): Html {
  const words = MAINTENANCE_WORDS[page.lang];
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${part}">
    <table class="cards window-table">
      ${tableHead(page.details ? words.columns : words.columns.slice(0, 4))}
      <tbody>
        ${rows.map((row) => windowRow(page, row))}
      </tbody>
    </table>
  </div>`;
}

function windowRow(page: MaintenancePage, row: MaintenanceRow): Html {
  const { lang, timezone, details } = page;
  const words = MAINTENANCE_WORDS[lang];
  const [, target, when, next, by] = words.columns;
  const length = durationText(row.duration_minutes * 60, lang);
  return html`<tr data-key="window-${row.id}">
    <th scope="row">
      ${row.title}
      ${details && row.note !== null ? html`<span class="also quote">${row.note}</span>` : ""}
    </th>
    <td data-label="${target}">${targetText(row, lang)}</td>
    <td data-label="${when}">
      ${instantText(row.starts_at, page)}, ${words.lasts(length)}
      <span class="also"
        >${ruleText(row.rrule, lang)}${row.timezone === timezone ? "" : ` (${row.timezone})`}</span
      >
    </td>
    <td data-label="${next}">${nextText(page, row)}</td>
    ${
      details
        ? html`<td data-label="${by}">
            ${row.created_by} ${page.mayCancel(row) ? cancelForm(row, page) : ""}
          </td>`
        : ""
    }
  </tr>`;
}

function targetText({ target }: MaintenanceRow, lang: MaintenancePage["lang"]): Html {
  const word = MAINTENANCE_WORDS[lang].targets[target.type];
  if (target.type === "portal") return html`${word} ${portalLink(target, lang)}`;
  return html`${word} <span lang="vi">${target.name_vi}</span>`;
}

function nextText(page: MaintenancePage, row: MaintenanceRow): Html {
  const { lang, details } = page;
  const words = MAINTENANCE_WORDS[lang];
  if (row.state === "cancelled") {
    const at = timeText(row.cancelled_at ?? row.created_at, page);
    return html`<span class="mark none">${words.isCancelled}</span>
      <span class="also">${words.cancelled(details ? row.cancelled_by : null, at)}</span>`;
  }
  const [first, ...others] = row.next;
  if (first === undefined) return html`<span class="soft">${words.over}</span>`;
  return html`${
    row.state === "active"
      ? html`<span class="mark fair">${words.activeUntil(timeText(first.ends_at, page))}</span>`
      : instantText(first.starts_at, page)
  }
  ${others.slice(0, 2).map((one) => html`<span class="also">${instantText(one.starts_at, page)}</span>`)}`;
}

function cancelForm({ id, title }: MaintenanceRow, { lang }: MaintenancePage): Html {
  const words = MAINTENANCE_WORDS[lang];
  return html`<form method="post" action="/maintenance/${id}/cancel?lang=${lang}">
    <button class="second-button" aria-label="${words.cancelWhat(title)}">${words.cancel}</button>
  </form>`;
}
