import { html } from "hono/html";
import type { StatusPage, StatusPortal } from "../../reports/status-page.ts";
import { nameText } from "../compliance/marks.ts";
import {
  areaField,
  errorSummary,
  fieldAround,
  type FormError,
  inputField,
  toldBox,
} from "../coverage-work/form-parts.ts";
import type { Told } from "../coverage-work/work-facts.ts";
import { OUTAGE_PATHS } from "../incidents/nav.ts";
import { type OutageFacts, outagePage } from "../incidents/page.ts";
import type { Html } from "../layout.ts";
import { noteText } from "./page.ts";
import { STATUS_WORDS } from "./words.ts";

/** A note and an addition as they are typed. */
export interface StatusValues {
  readonly portal: string;
  readonly text_vi: string;
  readonly text_en: string;
  readonly incident: string;
}

/** The page behind the public one. */
export interface StatusEditPage extends OutageFacts {
  readonly status: StatusPage;
  /** Portals that can be added, for the search in the field. */
  readonly offered: readonly { readonly id: string; readonly name_vi: string }[];
  readonly values: StatusValues;
  readonly errors: readonly FormError[];
  readonly told: Told | null;
}

/** Which portals are public, in which order, and the notes: each change is a form of its own. */
export function statusEditPage(page: StatusEditPage): Html {
  const { lang, status } = page;
  const words = STATUS_WORDS[lang];
  return outagePage(page, {
    name: "statusEdit",
    title: words.edit,
    lead: words.editLead,
    live: null,
    linkTo: (other) => `${OUTAGE_PATHS.statusEdit}?lang=${other}`,
    body: html`${toldBox(page.told)} ${errorSummary(page.errors, lang)}
      <p><a href="${OUTAGE_PATHS.status}?lang=${lang}">${words.look}</a></p>
      <section aria-labelledby="chosen">
        <h2 id="chosen">${words.chosen}</h2>
        ${
          status.portals.length === 0
            ? html`<p class="empty">${words.nothing}</p>`
            : html`<ol class="chosen">
                ${status.portals.map((portal, index) => chosenRow(portal, index, page))}
              </ol>`
        }
        ${addForm(page)}
      </section>
      ${notesEdit(page)}`,
  });
}

function chosenRow(portal: StatusPortal, index: number, { lang, status }: StatusEditPage): Html {
  const words = STATUS_WORDS[lang];
  const name = lang === "en" ? (portal.name_en ?? portal.name_vi) : portal.name_vi;
  const button = (move: string, label: string, what: string) =>
    html`<button name="move" value="${move}" aria-label="${what}">${label}</button>`;
  const isLast = index === status.portals.length - 1;
  return html`<li>
    ${nameText(portal, lang)} <span class="url">${portal.id}</span>
    <form
      method="post"
      action="${OUTAGE_PATHS.statusEdit}/portals?lang=${lang}"
      class="row-buttons"
    >
      <input type="hidden" name="portal" value="${portal.id}" />
      ${index === 0 ? "" : button("up", words.up, words.upWhat(name))}
      ${isLast ? "" : button("down", words.down, words.downWhat(name))}
      ${button("remove", words.remove, words.removeWhat(name))}
    </form>
  </li>`;
}

function addForm({ lang, offered, values, errors }: StatusEditPage): Html {
  const words = STATUS_WORDS[lang];
  return html`<form
    class="work-form"
    method="post"
    action="${OUTAGE_PATHS.statusEdit}/portals?lang=${lang}"
  >
    <h3>${words.add}</h3>
    ${fieldAround(
      { name: "portal", label: words.addLabel, hint: words.addHint, errors },
      (attributes) =>
        html`<input
          ${attributes}
          list="offered"
          required
          maxlength="100"
          value="${values.portal}"
        />`,
    )}
    <datalist id="offered">
      ${offered.map(({ id, name_vi: name }) => html`<option value="${id}">${name}</option>`)}
    </datalist>
    <p><button class="main-button" name="move" value="add">${words.addButton}</button></p>
  </form>`;
}

function notesEdit({ lang, status, values, errors }: StatusEditPage): Html {
  const words = STATUS_WORDS[lang];
  const path = `${OUTAGE_PATHS.statusEdit}/notes`;
  return html`<section aria-labelledby="notes">
    <h2 id="notes">${words.notes}</h2>
    ${status.notes.length === 0 ? html`<p class="soft">${words.noNotes}</p>` : ""}
    ${status.notes.map(
      (note) =>
        html`<article class="way-up status-note">
          ${noteText(note, lang)}
          <form method="post" action="${path}/${note.id}/end?lang=${lang}">
            <button class="second-button" aria-label="${words.endWhat(note.id)}">
              ${words.end}
            </button>
          </form>
        </article>`,
    )}
    <form class="work-form" method="post" action="${path}?lang=${lang}">
      <h3>${words.note}</h3>
      ${areaField({ name: "text_vi", label: words.textVi, errors, required: true, value: values.text_vi, maxLength: 2000 })}
      ${areaField({ name: "text_en", label: words.textEn, errors, value: values.text_en, maxLength: 2000 })}
      ${inputField({ name: "incident", label: words.incident, errors, type: "number", value: values.incident })}
      <p><button class="main-button">${words.noteButton}</button></p>
    </form>
  </section>`;
}
