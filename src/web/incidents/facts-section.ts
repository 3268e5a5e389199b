import { html } from "hono/html";
import type { IncidentRow } from "../../reports/incidents/row.ts";
import type { ConfirmationRow } from "../../reports/incidents/one.ts";
import type { Style } from "../compliance/page-facts.ts";
import { durationText } from "../duration-text.ts";
import type { Html } from "../layout.ts";
import { timeText } from "../time-text.ts";
import { instantText } from "./incident-table.ts";
import {
  aboutText,
  agencyText,
  causeText,
  familyName,
  incidentPath,
  severityMark,
} from "./marks.ts";
import { slugText } from "./timeline-words.ts";
import { INCIDENT_WORDS } from "./words.ts";

/** One line of facts. */
type Fact = readonly [name: string, value: Html | string];

/** What everybody may know of an incident, and, where it is open to the reader, how it came to be known. */
export function factsSection(
  row: IncidentRow,
  confirmation: ConfirmationRow | null,
  style: Style & { readonly open: boolean },
): Html {
  const facts = [
    ...plainFacts(row, style),
    ...(style.open ? detailFacts(row, confirmation, style) : []),
  ];
  return html`<dl class="facts">
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function plainFacts(row: IncidentRow, style: Style & { readonly open: boolean }): Fact[] {
  const { lang, open } = style;
  const words = INCIDENT_WORDS[lang];
  const ended = row.resolved_at;
  return [
    [
      words.facts.state,
      html`<span class="mark ${ended === null ? "bad" : "good"}"
        >${ended === null ? words.isOpen : words.isEnded}</span
      >`,
    ],
    [words.facts.severity, severityMark(row.severity, lang)],
    [words.facts.about, html`${aboutText(row, lang, open)} ${agencyText(row)}`],
    [words.facts.family, row.family === null ? words.bothFamilies : familyName(row.family)],
    [words.facts.since, instantText(row.opened_at, style)],
    ...(ended === null ? [] : [[words.facts.until, instantText(ended, style)] as const]),
    [
      words.facts.duration,
      durationText(
        ended === null ? Math.floor(row.duration_seconds / 60) * 60 : row.duration_seconds,
        lang,
      ),
    ],
  ];
}

function detailFacts(row: IncidentRow, confirmation: ConfirmationRow | null, style: Style): Fact[] {
  const { lang } = style;
  const words = INCIDENT_WORDS[lang];
  const { facts } = words;
  return [
    [facts.cause, html`${causeText(row.cause, lang)} <code>${row.cause}</code>`],
    [facts.confirmed, instantText(row.confirmed_at, style)],
    ...(confirmation === null ? [] : [[facts.how, confirmationText(confirmation, style)] as const]),
    [facts.lastBad, instantText(row.last_bad_at, style)],
    ...(row.closed_by === null
      ? []
      : [[facts.closedBy, slugText("closedBy", row.closed_by, lang)] as const]),
    ...(row.acknowledged === null || row.resolved_at !== null
      ? []
      : [[facts.acknowledged, ackText(row.acknowledged, style)] as const]),
    [facts.told, row.told_at === null ? words.notTold : instantText(row.told_at, style)],
    ...(row.held === null ? [] : [[facts.held, slugText("held", row.held, lang)] as const]),
    ...(row.parent === null
      ? []
      : [
          [
            facts.parent,
            html`<a href="${incidentPath(row.parent, lang)}">${words.one(row.parent)}</a>`,
          ] as const,
        ]),
    ...(row.reopened === 0 ? [] : [[facts.reopened, words.reopened(row.reopened)] as const]),
    [facts.network, row.network],
  ];
}

function confirmationText(confirmation: ConfirmationRow, { lang }: Style): Html {
  const words = INCIDENT_WORDS[lang];
  const { vantages, observations, confirmations, single_vantage: single } = confirmation;
  return html`${words.confirmation(observations, confirmations, vantages.join(", "))}
  ${single ? html`<span class="also">${words.singleVantage}</span>` : ""}`;
}

function ackText({ by, until }: NonNullable<IncidentRow["acknowledged"]>, style: Style): string {
  const words = INCIDENT_WORDS[style.lang];
  return until === null ? words.ackEver(by) : words.ackUntil(by, timeText(until, style));
}
