import { html } from "hono/html";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import type { Told } from "./work-facts.ts";

/** A field of a form that was refused, by its name, and why in words. */
export interface FormError {
  readonly field: string;
  readonly text: string;
}

/** What a field needs: what it is called, what to know about it, and what was wrong with it. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly errors: readonly FormError[];
}

const SUMMARY = { vi: "Chưa thực hiện được. Cần sửa:", en: "Nothing was done yet. To mend:" };

/** What is wrong with a form, above it, each with a link to its field; empty where nothing is. */
export function errorSummary(errors: readonly FormError[], lang: Lang): Html | "" {
  if (errors.length === 0) return "";
  return html`<section class="problem-box" role="alert" tabindex="-1" id="errors">
    <h2>${SUMMARY[lang]}</h2>
    <ul>
      ${errors.map(({ field, text }) => html`<li><a href="#field-${field}">${text}</a></li>`)}
    </ul>
  </section>`;
}

/** What was done, or why not. */
export function toldBox(told: Told | null): Html | "" {
  if (told === null) return "";
  return html`<p class="${told.done ? "done-box" : "problem-box"}" role="status">${told.text}</p>`;
}

/** A labelled control with its hint and its fault, tied together for those who do not see them. */
export function fieldAround(field: Field, control: (attributes: Html) => Html): Html {
  const { name, label, hint } = field;
  const wrong = field.errors.find((error) => error.field === name);
  const ids = [...(hint ? [`hint-${name}`] : []), ...(wrong ? [`wrong-${name}`] : [])];
  const attributes = html`id="field-${name}" name="${name}"
  ${ids.length > 0 ? html`aria-describedby="${ids.join(" ")}"` : ""}
  ${wrong ? html`aria-invalid="true"` : ""}`;
  return html`<div class="field">
    <label for="field-${name}">${label}</label>
    ${wrong ? html`<strong class="hint" id="wrong-${name}">${wrong.text}</strong>` : ""}
    ${control(attributes)} ${hint ? html`<span class="hint" id="hint-${name}">${hint}</span>` : ""}
  </div>`;
}

/** A list of choices; `none`, where given, is what choosing nothing means. */
export function choiceField(
  field: Field & {
    readonly options: readonly { readonly value: string; readonly text: string }[];
    readonly chosen: string;
    readonly none?: string;
  },
): Html {
  const { options, chosen, none } = field;
  return fieldAround(
    field,
    (attributes) =>
      html`<select ${attributes}>
        ${none === undefined ? "" : html`<option value="">${none}</option>`}
        ${options.map(
          ({ value, text }) =>
            html`<option value="${value}" ${value === chosen ? html`selected` : ""}>
              ${text}
            </option>`,
        )}
      </select>`,
  );
}

/** One line of text, or a day or number where `type` says so. */
export function inputField(
  field: Field & {
    readonly value: string;
    readonly type?: "text" | "date" | "number" | "url";
    readonly required?: boolean;
    readonly maxLength?: number;
  },
): Html {
  const { value, type = "text", required = false, maxLength = 200 } = field;
  return fieldAround(
    field,
    (attributes) =>
      html`<input
        type="${type}"
        ${attributes}
        value="${value}"
        ${type === "text" || type === "url" ? html`maxlength="${maxLength}"` : ""}
        ${required ? html`required` : ""}
      />`,
  );
}

/** Several lines of text. */
export function areaField(
  field: Field & {
    readonly value: string;
    readonly required?: boolean;
    readonly maxLength?: number;
  },
): Html {
  const { value, required = false, maxLength = 4000 } = field;
  return fieldAround(
    field,
    (attributes) =>
      html`<textarea ${attributes} maxlength="${maxLength}" ${required ? html`required` : ""}>
${value}</textarea>`,
  );
}

/** A box to tick, with what it means. */
export function checkField(field: {
  readonly name: string;
  readonly label: string;
  readonly checked: boolean;
}): Html {
  return html`<label class="check"
    ><input
      type="checkbox"
      name="${field.name}"
      value="true"
      ${field.checked ? html`checked` : ""}
    />${field.label}</label
  >`;
}
