import { html } from "hono/html";
import type { IncidentRow } from "../../reports/incidents/row.ts";
import type { Style } from "../compliance/page-facts.ts";
import { tableHead } from "../compliance/table-head.ts";
import { durationText } from "../duration-text.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { timeText } from "../time-text.ts";
import {
  aboutText,
  agencyText,
  causeText,
  incidentChips,
  incidentPath,
  kindText,
  severityMark,
} from "./marks.ts";
import { INCIDENT_WORDS } from "./words.ts";

/** An incident, and whether this reader may see more than that it is there. */
export interface ShownIncident {
  readonly row: IncidentRow;
  readonly open: boolean;
}

/** What is going on now: parts of an incident that is listed too are counted there and left out here. */
export function withoutParts(incidents: readonly ShownIncident[]): readonly ShownIncident[] {
  const listed = new Set(incidents.map(({ row }) => row.id));
  return incidents.filter(({ row }) => row.parent === null || !listed.has(row.parent));
}

/** How many are open, or that there are more than are shown. */
export function openText({ length }: readonly ShownIncident[], more: boolean, lang: Lang): string {
  const words = INCIDENT_WORDS[lang];
  return more ? words.openMost(length) : words.openCount(length);
}

/** Incidents as a table, in their order; ended ones also say until when. */
export function incidentTable(
  incidents: readonly ShownIncident[],
  style: Style,
  table: { readonly label: string; readonly ended: boolean },
): Html {
  const words = INCIDENT_WORDS[style.lang];
  const columns = table.ended ? words.endedColumns : words.columns;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${table.label}">
    <table class="cards incident-table">
      <caption class="hidden">
        ${table.label}
      </caption>
      ${tableHead(columns)}
      <tbody>
        ${incidents.map((incident) => incidentRow(incident, style, { ...table, columns }))}
      </tbody>
    </table>
  </div>`;
}

function incidentRow(
  { row, open }: ShownIncident,
  style: Style,
  { columns, ended }: { readonly columns: readonly string[]; readonly ended: boolean },
): Html {
  const { lang } = style;
  const cell = (name: string | undefined, content: Html | string) =>
    html`<td data-label="${name}">${content}</td>`;
  const [, about, severity, since, until] = columns;
  return html`<tr id="incident-${row.id}" data-key="incident-${row.id}">
    <th scope="row">
      <a href="${incidentPath(row.id, lang)}">${kindText(row, lang)}</a>
      ${open ? html`<span class="also">${causeText(row.cause, lang)}</span>` : ""}
      ${incidentChips(row, lang, open)}
    </th>
    ${cell(about, html`${aboutText(row, lang, open)} ${agencyText(row)}`)}
    ${cell(severity, severityMark(row.severity, lang))}
    ${cell(since, instantText(row.opened_at, style))}
    ${ended ? cell(until, row.resolved_at === null ? "–" : instantText(row.resolved_at, style)) : ""}
    ${cell(columns.at(-1), durationText(minutes(row), lang))}
  </tr>`;
}

/** Open ones are told to the minute: what changes each second would be read out for ever. */
function minutes({ duration_seconds: seconds, resolved_at: ended }: IncidentRow): number {
  return ended === null && seconds >= 60 ? Math.floor(seconds / 60) * 60 : seconds;
}

/** An instant that machines can read too. */
export function instantText(instant: string, style: Style): Html {
  return html`<time datetime="${instant}">${timeText(instant, style)}</time>`;
}
