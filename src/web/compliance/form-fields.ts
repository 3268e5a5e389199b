import { html } from "hono/html";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** One choice of a list in a form. */
export interface Option {
  readonly value: string;
  readonly text: string;
}

/** A labelled list of choices, the first of which is to choose nothing. */
export function selectField(
  field: {
    readonly name: string;
    readonly label: string;
    readonly options: readonly Option[];
    readonly chosen: string | undefined;
    /** What choosing nothing means; everything unless given. */
    readonly none?: string;
  },
  lang: Lang,
): Html {
  return html`<label class="field"
    ><span>${field.label}</span>
    <select name="${field.name}">
      <option value="">${field.none ?? COMPLIANCE_WORDS[lang].any}</option>
      ${field.options.map(
        ({ value, text }) =>
          html`<option value="${value}" ${value === field.chosen ? html`selected` : ""}>
            ${text}
          </option>`,
      )}
    </select></label
  >`;
}

/** A labelled calendar day. */
export function dayField(
  name: string,
  label: string,
  value: string | undefined,
  last: string,
): Html {
  return html`<label class="field"
    ><span>${label}</span> <input type="date" name="${name}" value="${value ?? ""}" max="${last}"
  /></label>`;
}

/** A labelled text to be searched for. */
export function textField(name: string, label: string, value: string | undefined): Html {
  return html`<label class="field"
    ><span>${label}</span>
    <input type="search" name="${name}" maxlength="200" value="${value ?? ""}"
  /></label>`;
}

/** A value that a form keeps without showing it. */
export function hiddenField(name: string, value: string | number | undefined): Html | "" {
  return value === undefined ? "" : html`<input type="hidden" name="${name}" value="${value}" />`;
}
