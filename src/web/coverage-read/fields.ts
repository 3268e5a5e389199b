import { html } from "hono/html";
import type { Html } from "../layout.ts";
import type { Option } from "../compliance/form-fields.ts";

/** Choices under one heading. */
export interface OptionGroup {
  readonly label: string;
  readonly options: readonly Option[];
}

/** A labelled list of choices; without `none` there is no way to choose nothing. */
export function choiceField(field: {
  readonly name: string;
  readonly label: string;
  readonly groups: readonly OptionGroup[];
  readonly chosen: string | undefined;
  readonly none?: string;
}): Html {
  const groups = field.groups.filter(({ options }) => options.length > 0);
  return html`<label class="field"
    ><span>${field.label}</span>
    <select name="${field.name}">
      ${field.none === undefined ? "" : html`<option value="">${field.none}</option>`}
      ${groups.map(({ label, options }) =>
        label === ""
          ? options.map((option) => choice(option, field.chosen))
          : html`<optgroup label="${label}">
              ${options.map((option) => choice(option, field.chosen))}
            </optgroup>`,
      )}
    </select></label
  >`;
}

function choice({ value, text }: Option, chosen: string | undefined): Html {
  return html`<option value="${value}" ${value === chosen ? html`selected` : ""}>${text}</option>`;
}
