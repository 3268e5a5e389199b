import { html } from "hono/html";
import { BASES } from "../../domain/coverage/figure.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { dayText } from "../time-text.ts";
import {
  checkField,
  choiceField,
  errorSummary,
  fieldAround,
  type FormError,
  inputField,
} from "./form-parts.ts";
import { IMPORT_WORDS } from "./import-words.ts";

/** What the form has besides the file, as it was typed. */
export interface ImportValues {
  readonly source: string;
  readonly as_of: string;
  readonly units: string;
  readonly basis: string;
  readonly reason: string;
  readonly dry_run: boolean;
  readonly all_or_nothing: boolean;
}

/** The form as somebody finds it. */
export const EMPTY_IMPORT: ImportValues = {
  source: "",
  as_of: "",
  units: "",
  basis: "",
  reason: "",
  dry_run: false,
  all_or_nothing: false,
};

/** What the form offers, and what was wrong with it. */
export interface ImportForm {
  readonly values: ImportValues;
  readonly errors: readonly FormError[];
  /** Sources to choose from; a single one is said and not asked. */
  readonly sources: readonly { readonly value: string; readonly text: string }[];
  readonly ownSource: string | null;
  /** Last days of quarters, newest first. */
  readonly quarters: readonly string[];
  readonly maxMib: number;
}

/** The form that sends a file; it works without scripts. */
export function importForm(form: ImportForm, lang: Lang): Html {
  const words = IMPORT_WORDS[lang];
  const { values, errors } = form;
  return html`${errorSummary(errors, lang)}
    <form
      class="work-form"
      method="post"
      action="/coverage/imports?lang=${lang}"
      enctype="multipart/form-data"
    >
      ${fieldAround(
        { name: "file", label: words.file, hint: words.fileHint(form.maxMib), errors },
        (attributes) =>
          html`<input type="file" ${attributes} required accept=".csv,.xlsx,.ods,.txt,.tsv" />`,
      )}
      <div class="field-row">
        ${sourceField(form, lang)}
        ${choiceField({
          name: "as_of",
          label: words.asOf,
          hint: words.asOfHint,
          errors,
          none: words.asOfNone,
          options: form.quarters.map((day) => ({ value: day, text: dayText(day, lang) })),
          chosen: values.as_of,
        })}
        ${choiceField({
          name: "basis",
          label: words.basis,
          errors,
          none: words.basisNone,
          options: BASES.map((basis) => ({ value: basis, text: words.bases[basis] })),
          chosen: values.basis,
        })}
        ${inputField({
          name: "units",
          label: words.units,
          hint: words.unitsHint,
          errors,
          type: "date",
          value: values.units,
        })}
      </div>
      ${inputField({
        name: "reason",
        label: words.reason,
        hint: words.reasonHint,
        errors,
        value: values.reason,
      })}
      ${checkField({ name: "dry_run", label: words.dryRun, checked: values.dry_run })}
      ${checkField({
        name: "all_or_nothing",
        label: words.allOrNothing,
        checked: values.all_or_nothing,
      })}
      <p><button class="main-button">${words.button}</button></p>
    </form>`;
}

function sourceField({ sources, ownSource, values, errors }: ImportForm, lang: Lang): Html {
  const words = IMPORT_WORDS[lang];
  if (ownSource !== null) return html`<p class="field">${words.sourceFixed(ownSource)}</p>`;
  return choiceField({
    name: "source",
    label: words.source,
    errors,
    options: sources,
    chosen: values.source,
  });
}
