import { html } from "hono/html";
import type { IncidentDetail } from "../../reports/incidents/one.ts";
import { evidenceTable } from "../compliance/evidence-table.ts";
import { portalLink } from "../compliance/portal-link.ts";
import { tableHead } from "../compliance/table-head.ts";
import { toldBox } from "../coverage-work/form-parts.ts";
import type { Told } from "../coverage-work/work-facts.ts";
import type { Html } from "../layout.ts";
import { factsSection } from "./facts-section.ts";
import { formsSection, type IncidentValues } from "./forms-section.ts";
import { incidentTable, instantText } from "./incident-table.ts";
import { familyName, incidentChips, incidentPath, kindText } from "./marks.ts";
import { OUTAGE_PATHS } from "./nav.ts";
import { type OutageFacts, outagePage } from "./page.ts";
import { runsTable } from "./runs-section.ts";
import { timelineSection } from "./timeline-section.ts";
import { INCIDENT_WORDS } from "./words.ts";

/** The page of one incident. */
export interface IncidentPage extends OutageFacts {
  readonly incident: IncidentDetail;
  /** Whether the reader may see cause, evidence and timeline. */
  readonly open: boolean;
  /** Whether the reader's key covers every portal that it is about, and may write. */
  readonly may: boolean;
  readonly values: IncidentValues;
  readonly told: Told | null;
}

/** One incident: what, since when, how it was confirmed, what it stands on, what happened, what can be done. */
export function incidentPage(page: IncidentPage): Html {
  const { lang, incident, open, told } = page;
  const words = INCIDENT_WORDS[lang];
  const title = `${kindText(incident, lang)}: ${nameOf(page)}`;
  const state = incident.resolved_at === null ? words.isOpen : words.isEnded;
  // What was refused stands in the answer to a form, which has no address to be fetched from.
  const refused = told !== null && !told.done;
  return outagePage(page, {
    name: null,
    title,
    lead: html`${words.one(incident.id)} ${incidentChips(incident, lang, open)}`,
    live: refused ? null : { events: ["incidents"], says: `${title}: ${state}` },
    linkTo: (other) => incidentPath(incident.id, other),
    body: html`${toldBox(told)}
      <p><a href="${OUTAGE_PATHS.incidents}?lang=${lang}">← ${words.all}</a></p>
      ${factsSection(incident, incident.confirmation, { ...page, open })}
      ${open ? detailSections(page) : hiddenNote(page)}`,
  });
}

function nameOf({ incident, lang }: IncidentPage): string {
  const { portal, vantage, members } = incident;
  if (portal !== null) return lang === "en" ? (portal.name_en ?? portal.name_vi) : portal.name_vi;
  return vantage ?? INCIDENT_WORDS[lang].membersNote(members);
}

function hiddenNote({ lang, incident }: IncidentPage): Html {
  const words = INCIDENT_WORDS[lang];
  const next = incidentPath(incident.id, lang);
  return html`<p class="note">
    ${words.hidden}
    <a href="/sign-in?${new URLSearchParams({ next, lang }).toString()}">${words.signIn}</a>
  </p>`;
}

function detailSections(page: IncidentPage): Html {
  const { lang, incident, may, values } = page;
  const words = INCIDENT_WORDS[lang];
  const { parent } = incident;
  return html`${parent === null ? "" : html`<p class="note">${words.siblings(parent)}</p>`}
    ${partsSection(page)} ${membersSection(page)} ${evidenceSection(page)}
    ${timelineSection(incident.timeline, page)}
    <section aria-labelledby="post-mortem">
      <h2 id="post-mortem">${words.postMortem}</h2>
      ${
        incident.post_mortem === null
          ? html`<p class="soft">${words.noPostMortem}</p>`
          : html`<p class="quote">${incident.post_mortem}</p>`
      }
    </section>
    ${may ? formsSection(incident, values, lang) : html`<p class="note">${words.mayNot}</p>`}`;
}

/** What else fails for the same cause: told once, listed here. */
function partsSection(page: IncidentPage): Html | "" {
  const { incident, lang } = page;
  const { child_incidents: children } = incident;
  if (children.length === 0) return "";
  const label = INCIDENT_WORDS[lang].parts;
  return html`<section aria-labelledby="parts">
    <h2 id="parts">${label}</h2>
    ${incidentTable(
      children.map((row) => ({ row, open: true })),
      page,
      { label, ended: true },
    )}
  </section>`;
}

/** Portals that have a cause or a certificate in common; those of parts are named there already. */
function membersSection(page: IncidentPage): Html | "" {
  const { incident, lang } = page;
  const members = incident.member_portals;
  if (members.length === 0 || incident.child_incidents.length > 0) return "";
  const words = INCIDENT_WORDS[lang];
  const [, family, from, to] = words.memberColumns;
  return html`<section aria-labelledby="members">
    <h2 id="members">${words.members}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="members">
      <table class="cards">
        ${tableHead(words.memberColumns)}
        <tbody>
          ${members.map(
            (member) =>
              html`<tr data-key="member-${member.id}">
                <th scope="row">${portalLink(member, lang)}</th>
                <td data-label="${family}">
                  ${member.family === null ? "–" : familyName(member.family)}
                </td>
                <td data-label="${from}">${instantText(member.from_at, page)}</td>
                <td data-label="${to}">
                  ${member.to_at === null ? "–" : instantText(member.to_at, page)}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function evidenceSection(page: IncidentPage): Html {
  const { incident, lang } = page;
  const words = INCIDENT_WORDS[lang];
  const facts = evidenceTable(incident.evidence, null, lang);
  return html`<section aria-labelledby="evidence">
    <h2 id="evidence">${words.evidence}</h2>
    ${
      facts === null
        ? ""
        : html`<div
            class="evidence-box facts"
            tabindex="0"
            role="region"
            aria-labelledby="evidence"
          >
            ${facts}
          </div>`
    }
    ${
      incident.runs.length === 0
        ? html`<p class="soft">${words.noRuns}</p>`
        : html`<p>${words.evidenceLead}</p>
            ${runsTable(incident.runs, words.evidence, page)}`
    }
  </section>`;
}
