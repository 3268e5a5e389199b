import { html } from "hono/html";
import type { Freshness } from "../../reports/freshness.ts";
import type { StatusNoteRow, StatusPage, StatusPortal } from "../../reports/status-page.ts";
import { nameText } from "../compliance/marks.ts";
import type { Style } from "../compliance/page-facts.ts";
import { tableHead } from "../compliance/table-head.ts";
import { instantText } from "../incidents/incident-table.ts";
import { severityMark } from "../incidents/marks.ts";
import { OUTAGE_PATHS } from "../incidents/nav.ts";
import { type OutageFacts, outagePage } from "../incidents/page.ts";
import type { Html } from "../layout.ts";
import { timeText } from "../time-text.ts";
import { webLink } from "../web-link.ts";
import { WORDS } from "../words.ts";
import { STATUS_WORDS } from "./words.ts";

/** The page for everyone. */
export interface PublicStatusPage extends OutageFacts {
  readonly status: StatusPage;
  readonly freshness: Freshness;
}

/** What the operator publishes: how the chosen portals are, and what there is to say. */
export function statusPage(page: PublicStatusPage): Html {
  const { lang, status, freshness } = page;
  const words = STATUS_WORDS[lang];
  const { text, tone } = verdict(status, lang);
  return outagePage(page, {
    name: "status",
    title: words.title,
    lead: words.lead,
    live: { events: ["incidents", "run"], everySeconds: 15, says: text },
    linkTo: (other) => `${OUTAGE_PATHS.status}?lang=${other}`,
    body: html`<p class="outcome ${tone}">${text}</p>
      ${
        freshness.as_of === null
          ? ""
          : html`<p class="soft">${words.asOf(timeText(freshness.as_of, page))}</p>`
      }
      ${notesSection(status.notes, page)}
      ${status.portals.length === 0 ? "" : portalsSection(status.portals, page)}`,
  });
}

function verdict(
  { portals }: StatusPage,
  lang: Style["lang"],
): { readonly text: string; readonly tone: string } {
  const words = STATUS_WORDS[lang];
  const count = portals.length;
  const of = (...states: readonly string[]) =>
    portals.filter(({ state }) => states.includes(state)).length;
  if (count === 0) return { text: words.nothing, tone: "" };
  const wrong = of("down", "degraded");
  if (wrong > 0) {
    return { text: words.wrong(wrong, count), tone: of("down") > 0 ? "bad" : "fair" };
  }
  const unsure = of("unknown");
  if (unsure > 0) return { text: words.unsure(unsure, count), tone: "" };
  return { text: words.good(count), tone: "good" };
}

/** Notes as the operator wrote them: the English one where there is one and English is read. */
function notesSection(notes: readonly StatusNoteRow[], style: Style): Html | "" {
  if (notes.length === 0) return "";
  return html`<section aria-labelledby="notes">
    <h2 id="notes">${STATUS_WORDS[style.lang].notes}</h2>
    ${notes.map(
      (note) =>
        html`<article class="way-up status-note" data-key="note-${note.id}">
          <p class="soft">${instantText(note.at, style)}</p>
          ${noteText(note, style.lang)}
        </article>`,
    )}
  </section>`;
}

/** One note's text in the reader's language, marked as Vietnamese where it has no other. */
export function noteText({ text_vi: vi, text_en: en }: StatusNoteRow, lang: Style["lang"]): Html {
  return lang === "en" && en !== null
    ? html`<p class="quote" lang="en">${en}</p>`
    : html`<p class="quote" lang="vi">${vi}</p>`;
}

function portalsSection(portals: readonly StatusPortal[], style: Style): Html {
  const words = STATUS_WORDS[style.lang];
  return html`<section aria-labelledby="portals">
    <h2 id="portals">${words.portals}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="portals">
      <table class="cards">
        ${tableHead(words.columns)}
        <tbody>
          ${portals.map((portal) => portalRow(portal, style))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function portalRow(portal: StatusPortal, style: Style): Html {
  const { lang } = style;
  const words = STATUS_WORDS[lang];
  const [, state, incidents] = words.columns;
  return html`<tr data-key="portal-${portal.id}">
    <th scope="row">${nameText(portal, lang)} ${webLink(portal.url)}</th>
    <td data-label="${state}">
      <span class="state ${portal.state}">${WORDS[lang].states[portal.state]}</span>
    </td>
    <td data-label="${incidents}">
      ${
        portal.incidents.length === 0
          ? html`<span class="soft">${words.noIncident}</span>`
          : portal.incidents.map(
              (one) =>
                html`<p class="status-incident">
                  ${one.says[lang]} ${severityMark(one.severity, lang)}
                  <span class="also">${words.since(timeText(one.opened_at, style))}</span>
                </p>`,
            )
      }
    </td>
  </tr>`;
}
