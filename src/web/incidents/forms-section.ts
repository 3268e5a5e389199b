import { html } from "hono/html";
import type { IncidentDetail } from "../../reports/incidents/one.ts";
import { areaField, choiceField, type FormError } from "../coverage-work/form-parts.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { INCIDENT_WORDS } from "./words.ts";

/** What a reader typed into one of the forms, to be shown again when it was refused. */
export interface IncidentValues {
  readonly until: string;
  readonly comment: string;
  readonly note: string;
  readonly post_mortem: string | null;
}

/** For how many minutes somebody acknowledges; `end`: until it ends. */
export const ACK_CHOICES = ["60", "240", "720", "1440", "10080", "end"] as const;

const NO_ERRORS: readonly FormError[] = [];

/** Acknowledge, comment, resolve, write a post-mortem: each a form of its own that works without scripts. */
export function formsSection(
  incident: Pick<IncidentDetail, "id" | "resolved_at" | "acknowledged" | "post_mortem">,
  values: IncidentValues,
  lang: Lang,
): Html {
  const words = INCIDENT_WORDS[lang];
  const { id, resolved_at: ended, acknowledged } = incident;
  const form = (step: string, title: string, body: Html) =>
    html`<form
      class="work-form"
      id="form-${step}"
      method="post"
      action="/incidents/${id}/${step}?lang=${lang}"
      aria-label="${title}"
    >
      <h3>${title}</h3>
      ${body}
    </form>`;
  return html`<section aria-labelledby="actions">
    <h2 id="actions">${words.actions}</h2>
    <div class="form-grid">
      ${ended === null ? form("acknowledge", words.ackTitle, ackBody(values, lang)) : ""}
      ${
        ended === null && acknowledged !== null
          ? form(
              "unacknowledge",
              words.unackButton,
              html`<p><button>${words.unackButton}</button></p>`,
            )
          : ""
      }
      ${form("comment", words.commentTitle, commentBody(values, lang))}
      ${ended === null ? form("resolve", words.resolveTitle, resolveBody(values, lang)) : ""}
      ${form("post-mortem", words.postMortem, postMortemBody(incident, values, lang))}
    </div>
  </section>`;
}

function ackBody({ until }: IncidentValues, lang: Lang): Html {
  const words = INCIDENT_WORDS[lang];
  return html`<p class="hint">${words.ackHint}</p>
    ${choiceField({
      name: "until",
      label: words.ackUntilLabel,
      errors: NO_ERRORS,
      options: ACK_CHOICES.map((value) => ({ value, text: words.ackChoices[value] })),
      chosen: until,
    })}
    <p><button class="main-button">${words.ackButton}</button></p>`;
}

function commentBody({ comment }: IncidentValues, lang: Lang): Html {
  const words = INCIDENT_WORDS[lang];
  return html`${areaField({
      name: "comment",
      label: words.commentLabel,
      errors: NO_ERRORS,
      required: true,
      value: comment,
      maxLength: 2000,
    })}
    <p><button class="main-button">${words.commentButton}</button></p>`;
}

function resolveBody({ note }: IncidentValues, lang: Lang): Html {
  const words = INCIDENT_WORDS[lang];
  return html`<p class="hint">${words.resolveHint}</p>
    ${areaField({
      name: "note",
      label: words.reasonLabel,
      errors: NO_ERRORS,
      required: true,
      value: note,
      maxLength: 2000,
    })}
    <p><button class="second-button">${words.resolveButton}</button></p>`;
}

function postMortemBody(
  { post_mortem: written }: Pick<IncidentDetail, "post_mortem">,
  values: IncidentValues,
  lang: Lang,
): Html {
  const words = INCIDENT_WORDS[lang];
  return html`${areaField({
      name: "post_mortem",
      label: words.postMortemLabel,
      errors: NO_ERRORS,
      value: values.post_mortem ?? written ?? "",
      maxLength: 50_000,
    })}
    <p><button class="main-button">${words.postMortemButton}</button></p>`;
}
