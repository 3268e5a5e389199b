import { html } from "hono/html";
import type { LatencySeries } from "../../reports/latency-series.ts";
import type { MaintenanceRow } from "../../reports/maintenance.ts";
import type { PortalDetail } from "../../reports/portal-detail.ts";
import type { PortalPeriod } from "../../reports/portal-periods.ts";
import type { ResultRow } from "../../reports/portal-results.ts";
import { type PortalStrip, STRIP_SPANS, type StripSpan } from "../../reports/portal-strip.ts";
import { portalPath } from "../compliance/portal-link.ts";
import { incidentTable, instantText, type ShownIncident } from "../incidents/incident-table.ts";
import { type OutageFacts, outagePage } from "../incidents/page.ts";
import { runsTable } from "../incidents/runs-section.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { ruleText } from "../maintenance/rule-text.ts";
import { webLink } from "../web-link.ts";
import { WORDS } from "../words.ts";
import { type AuditSummary, auditSection } from "./audit-section.ts";
import { availabilitySection } from "./availability-section.ts";
import { latencySection } from "./latency-section.ts";
import { timesPath } from "./paths.ts";
import { stripSection } from "./strip-section.ts";
import { TIMES_WORDS } from "./words.ts";

/** The page of one portal over time. */
export interface PortalTimesPage extends OutageFacts {
  readonly portal: PortalDetail;
  /** Its number, by which the stream of events names it. */
  readonly number: number;
  readonly span: StripSpan;
  readonly strip: PortalStrip;
  readonly availability: readonly PortalPeriod[];
  readonly latency: LatencySeries;
  /** The latest failing runs; null for those who may not see evidence. */
  readonly failures: readonly ResultRow[] | null;
  readonly audit: AuditSummary | null;
  readonly incidents: readonly ShownIncident[];
  /** Windows that go on or come. */
  readonly windows: readonly MaintenanceRow[];
}

/** How a portal is and was: states, availability, latency, failures, what audits found, incidents. */
export function portalTimesPage(page: PortalTimesPage): Html {
  const { lang, portal, span } = page;
  const words = TIMES_WORDS[lang];
  const name = lang === "en" ? (portal.name_en ?? portal.name_vi) : portal.name_vi;
  const state = WORDS[lang].states[portal.state];
  return outagePage(page, {
    name: null,
    title: words.title(name),
    lead: words.lead,
    styles: ["uplot.css"],
    live: {
      events: ["run", "incidents"],
      portal: page.number,
      everySeconds: 10,
      says: words.says(state),
    },
    scripts: html`<script src="/assets/uplot.js" defer></script>
      <script src="/assets/latency-chart.js" defer></script>`,
    linkTo: (other) => timesPath(portal.id, other, span),
    body: html`${head(page, state)} ${incidentsSection(page)} ${spanLinks(portal.id, span, lang)}
    ${stripSection(page.strip, span, page)} ${latencySection(page.latency, span, page)}
    ${availabilitySection(page.availability, page)} ${failuresSection(page)}
    ${auditSection(page.audit, portal.id, page)} ${windowsSection(page)}`,
  });
}

function head({ portal, lang, operates }: PortalTimesPage, state: string): Html {
  const words = TIMES_WORDS[lang];
  const plan = `/maintenance?${new URLSearchParams({ lang, portal: portal.id }).toString()}#create`;
  return html`<dl class="facts">
    <div>
      <dt>${words.now}</dt>
      <dd class="standing"><span class="state-mark ${portal.state}">${state}</span></dd>
    </div>
    <div>
      <dt>URL</dt>
      <dd>${webLink(portal.url)}</dd>
    </div>
    <div>
      <dd>
        <a href="${portalPath(portal.id, lang)}">${words.about}</a>
        ${operates ? html`<br /><a href="${plan}">${words.plan}</a>` : ""}
      </dd>
    </div>
  </dl>`;
}

function spanLinks(id: string, present: StripSpan, lang: Lang): Html {
  const words = TIMES_WORDS[lang];
  return html`<nav class="pages spans" aria-label="${words.spansLabel}">
    ${STRIP_SPANS.map((span) =>
      span === present
        ? html`<span aria-current="true">${words.spans[span]}</span>`
        : html`<a href="${timesPath(id, lang, span)}">${words.spans[span]}</a>`,
    )}
  </nav>`;
}

function failuresSection(page: PortalTimesPage): Html {
  const { failures, lang } = page;
  const words = TIMES_WORDS[lang];
  const content =
    failures === null
      ? html`<p class="note">${words.failuresHidden}</p>`
      : failures.length === 0
        ? html`<p class="empty">${words.noFailures}</p>`
        : runsTable(failures, words.failures, page);
  return html`<section aria-labelledby="failures">
    <h2 id="failures">${words.failures}</h2>
    ${content}
  </section>`;
}

function incidentsSection(page: PortalTimesPage): Html {
  const { incidents, lang, portal } = page;
  const words = TIMES_WORDS[lang];
  const all = `/incidents?${new URLSearchParams({ lang, portal: portal.id }).toString()}`;
  return html`<section aria-labelledby="incidents">
    <h2 id="incidents">${words.incidents}</h2>
    ${
      incidents.length === 0
        ? html`<p class="soft">${words.noIncidents}</p>`
        : html`${incidentTable(incidents, page, { label: words.incidents, ended: true })}
            <p class="below"><a href="${all}">${words.allIncidents}</a></p>`
    }
  </section>`;
}

function windowsSection(page: PortalTimesPage): Html | "" {
  const { windows, lang } = page;
  if (windows.length === 0) return "";
  return html`<section aria-labelledby="maintenance">
    <h2 id="maintenance">${TIMES_WORDS[lang].maintenance}</h2>
    <ul>
      ${windows.map(
        ({ title, rrule, starts_at: starts, next }) =>
          html`<li>
            ${title}: ${instantText(next[0]?.starts_at ?? starts, page)} (${ruleText(rrule, lang)})
          </li>`,
      )}
    </ul>
  </section>`;
}
