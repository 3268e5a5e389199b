import { html } from "hono/html";
import type { Choice } from "../../reports/compliance-choices.ts";
import {
  areaField,
  choiceField,
  errorSummary,
  fieldAround,
  type FormError,
  inputField,
} from "../coverage-work/form-parts.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { WEEKDAYS, type Weekday } from "./rule-text.ts";
import { MAINTENANCE_WORDS } from "./words.ts";

/** How a window can repeat, as the form offers it. */
export const REPEATS = ["once", "daily", "weekly", "monthly", "rule"] as const;

/** A window as it is typed. */
export interface WindowValues {
  readonly title: string;
  readonly note: string;
  readonly portal: string;
  readonly agency: string;
  readonly province: string;
  /** `YYYY-MM-DD` and `HH:MM` in the window's time zone. */
  readonly day: string;
  readonly time: string;
  readonly hours: string;
  readonly minutes: string;
  readonly repeat: string;
  readonly days: readonly string[];
  readonly last: string;
  readonly rule: string;
  readonly timezone: string;
}

/** What the form needs. */
export interface WindowForm {
  readonly lang: Lang;
  readonly values: WindowValues;
  readonly errors: readonly FormError[];
  readonly agencies: readonly Choice[];
  readonly provinces: readonly Choice[];
}

/** The form that plans maintenance, once or repeated. */
export function windowForm(form: WindowForm): Html {
  const { lang, values, errors } = form;
  const words = MAINTENANCE_WORDS[lang];
  const { fields } = words;
  return html`${errorSummary(errors, lang)}
    <form class="work-form" method="post" action="/maintenance?lang=${lang}">
      ${inputField({ name: "title", label: fields.title, hint: fields.titleHint, errors, required: true, value: values.title })}
      ${targetFields(form)} ${timeFields(form)} ${repeatFields(form)}
      ${areaField({ name: "note", label: fields.note, errors, value: values.note })}
      <p><button class="main-button">${words.button}</button></p>
    </form>`;
}

function targetFields({ lang, values, errors, agencies, provinces }: WindowForm): Html {
  const { fields } = MAINTENANCE_WORDS[lang];
  const options = (choices: readonly Choice[]) =>
    choices.map(({ id, name_vi: text }) => ({ value: id, text }));
  return html`<fieldset>
    <legend>${fields.what}</legend>
    <p class="hint">${fields.whatHint}</p>
    <div class="field-row">
      ${inputField({ name: "portal", label: fields.portal, hint: fields.portalHint, errors, value: values.portal })}
      ${choiceField({ name: "agency", label: fields.agency, errors, none: fields.none, options: options(agencies), chosen: values.agency })}
      ${choiceField({ name: "province", label: fields.province, errors, none: fields.none, options: options(provinces), chosen: values.province })}
    </div>
  </fieldset>`;
}

function timeFields({ lang, values, errors }: WindowForm): Html {
  const { fields } = MAINTENANCE_WORDS[lang];
  const number = (name: "hours" | "minutes", most: number) =>
    fieldAround(
      { name, label: fields[name], errors },
      (attributes) =>
        html`<input
          type="number"
          ${attributes}
          min="0"
          max="${most}"
          value="${values[name]}"
          inputmode="numeric"
        />`,
    );
  return html`<div class="field-row four">
    ${inputField({ name: "day", label: fields.day, errors, type: "date", required: true, value: values.day })}
    ${fieldAround(
      { name: "time", label: fields.time, errors },
      (attributes) => html`<input type="time" ${attributes} required value="${values.time}" />`,
    )}
    ${number("hours", 720)} ${number("minutes", 59)}
  </div>`;
}

function repeatFields({ lang, values, errors }: WindowForm): Html {
  const words = MAINTENANCE_WORDS[lang];
  const { fields } = words;
  const expert = values.repeat === "rule" || errors.some(({ field }) => field === "timezone");
  return html`<div class="field-row">
      ${choiceField({
        name: "repeat",
        label: fields.repeat,
        errors,
        options: REPEATS.map((value) => ({ value, text: fields.repeats[value] })),
        chosen: values.repeat,
      })}
      ${inputField({ name: "last", label: fields.last, errors, type: "date", value: values.last })}
    </div>
    <fieldset id="field-days">
      <legend>${fields.days}</legend>
      <div class="checks">${WEEKDAYS.map((day) => dayBox(day, values, lang))}</div>
    </fieldset>
    <details ${expert ? html`open` : ""}>
      <summary>${fields.expert}</summary>
      <div class="field-row">
        ${inputField({ name: "rule", label: fields.rule, hint: fields.ruleHint, errors, value: values.rule, maxLength: 500 })}
        ${inputField({ name: "timezone", label: fields.timezone, errors, value: values.timezone, maxLength: 60 })}
      </div>
    </details>`;
}

function dayBox(day: Weekday, { days }: WindowValues, lang: Lang): Html {
  return html`<label class="check"
    ><input type="checkbox" name="days" value="${day}" ${days.includes(day) ? html`checked` : ""} />
    ${MAINTENANCE_WORDS[lang].weekdays[day]}</label
  >`;
}
