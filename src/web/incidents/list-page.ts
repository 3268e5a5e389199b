import { html } from "hono/html";
import { INCIDENT_KINDS, SEVERITIES } from "../../domain/incident/kinds.ts";
import type { Choice } from "../../reports/compliance-choices.ts";
import { hiddenField, type Option, selectField, textField } from "../compliance/form-fields.ts";
import { linkTo } from "../compliance/query.ts";
import type { Html } from "../layout.ts";
import { incidentTable, openText, type ShownIncident, withoutParts } from "./incident-table.ts";
import { KIND_WORDS } from "../../catalogue/incident-words.ts";
import { OUTAGE_PATHS } from "./nav.ts";
import { type OutageFacts, outagePage } from "./page.ts";
import { INCIDENT_WORDS } from "./words.ts";

/** What the address of the list says. Days are `YYYY-MM-DD` of the reporting zone, both included. */
export interface IncidentQuery {
  readonly kind?: string | undefined;
  readonly severity?: string | undefined;
  readonly agency?: string | undefined;
  readonly province?: string | undefined;
  readonly portal?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The page of all incidents. */
export interface IncidentsPage extends OutageFacts {
  readonly query: IncidentQuery;
  readonly agencies: readonly Choice[];
  readonly provinces: readonly Choice[];
  readonly openNow: readonly ShownIncident[];
  /** Whether more are open than those. */
  readonly moreOpen: boolean;
  readonly ended: readonly ShownIncident[];
  /** Cursor of the next page of ended ones, null on the last. */
  readonly nextCursor: string | null;
  /** Whether this is the first page of ended ones. */
  readonly first: boolean;
  /** Whether the reader may see causes and evidence of anything. */
  readonly details: boolean;
}

/** What is open now, and what was, with filters. */
export function incidentsPage(page: IncidentsPage): Html {
  const { lang, openNow, moreOpen, query, details } = page;
  const words = INCIDENT_WORDS[lang];
  const signIn = `/sign-in?${new URLSearchParams({ next: OUTAGE_PATHS.incidents, lang }).toString()}`;
  return outagePage(page, {
    name: "incidents",
    title: words.title,
    lead: words.lead,
    live: { events: ["incidents"], says: openText(openNow, moreOpen, lang) },
    linkTo: (other) => linkTo(OUTAGE_PATHS.incidents, { ...query, lang: other }),
    body: html`${
      details
        ? ""
        : html`<p class="note">${words.hidden} <a href="${signIn}">${words.signIn}</a></p>`
    }
    ${filterForm(page)} ${page.first ? openSection(page) : ""} ${endedSection(page)}`,
  });
}

/** Whether anything narrows the list. */
function isFiltered(query: IncidentQuery): boolean {
  return Object.values(query).some((value) => value !== undefined);
}

function openSection({ query, openNow, moreOpen, ...page }: IncidentsPage): Html {
  const words = INCIDENT_WORDS[page.lang];
  const none = isFiltered(query) ? words.noneOpenFiltered : words.noneOpen;
  return html`<section aria-labelledby="open-now">
    <h2 id="open-now">${words.openNow}</h2>
    ${moreOpen ? html`<p class="note">${openText(openNow, moreOpen, page.lang)}</p>` : ""}
    ${
      openNow.length === 0
        ? html`<p class="empty">${none}</p>`
        : incidentTable(withoutParts(openNow), page, { label: words.openNow, ended: false })
    }
  </section>`;
}

function endedSection({ query, ended, nextCursor, first, ...page }: IncidentsPage): Html {
  const { lang } = page;
  const words = INCIDENT_WORDS[lang];
  const none = isFiltered(query) ? words.noneEndedFiltered : words.noneEnded;
  const more = { ...query, lang, cursor: nextCursor ?? undefined };
  return html`<section aria-labelledby="ended">
    <h2 id="ended">${words.history}</h2>
    ${
      ended.length === 0
        ? html`<p class="empty">${none}</p>`
        : incidentTable(ended, page, { label: words.history, ended: true })
    }
    <p class="below">
      ${first ? "" : html`<a href="${linkTo(OUTAGE_PATHS.incidents, { ...query, lang })}">${words.first}</a>`}
      ${
        nextCursor === null
          ? ""
          : html`<a class="next" href="${linkTo(OUTAGE_PATHS.incidents, more)}">${words.next}</a>`
      }
    </p>
  </section>`;
}

function filterForm({ lang, query, agencies, provinces }: IncidentsPage): Html {
  const words = INCIDENT_WORDS[lang];
  const names = words.filterNames;
  const { kinds, severities } = KIND_WORDS[lang];
  const select = (name: "kind" | "severity" | "agency" | "province", options: readonly Option[]) =>
    selectField({ name, label: names[name], options, chosen: query[name] }, lang);
  const choices = (list: readonly Choice[]) =>
    list.map(({ id, name_vi: text }) => ({ value: id, text }));
  const dayInput = (name: "from" | "to") =>
    html`<label class="field"
      ><span>${names[name]}</span> <input type="date" name="${name}" value="${query[name] ?? ""}"
    /></label>`;
  return html`<details class="filter-box" ${isFiltered(query) ? html`open` : ""}>
    <summary>${words.filters}</summary>
    <form class="filter-form" method="get" action="${OUTAGE_PATHS.incidents}" role="search">
      ${hiddenField("lang", lang)}
      ${select(
        "kind",
        INCIDENT_KINDS.map((value) => ({ value, text: kinds[value] })),
      )}
      ${select(
        "severity",
        SEVERITIES.map((value) => ({ value, text: severities[value] })),
      )}
      ${select("agency", choices(agencies))} ${select("province", choices(provinces))}
      ${textField("portal", names.portal, query.portal)} ${dayInput("from")} ${dayInput("to")}
      <div class="actions">
        <button class="main-button">${words.apply}</button>
        ${isFiltered(query) ? html`<a href="${OUTAGE_PATHS.incidents}?lang=${lang}">${words.clear}</a>` : ""}
      </div>
    </form>
  </details>`;
}
