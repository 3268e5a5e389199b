import { html } from "hono/html";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import { coveragePage } from "../coverage/page.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { dayText } from "../time-text.ts";
import type { CodeNames } from "./column-words.ts";
import {
  areaField,
  checkField,
  choiceField,
  errorSummary,
  type FormError,
  inputField,
} from "./form-parts.ts";
import { PUBLISH_WORDS } from "./publish-words.ts";
import { planSection, type ShownPlan } from "./release-plan-section.ts";
import type { WorkFacts } from "./work-facts.ts";

/** A release as it is typed. */
export interface ReleaseValues {
  readonly as_of: string;
  readonly note_vi: string;
  readonly note_en: string;
  readonly despite_held: boolean;
  /** As many as there are rows for. */
  readonly breaks: readonly {
    readonly indicator: string;
    readonly vi: string;
    readonly en: string;
  }[];
}

/** How many method breaks the form has room for; the API takes more. */
export const BREAK_ROWS = 3;

/** The page that publishes a quarter. */
export interface PublishPage extends WorkFacts {
  readonly values: ReleaseValues;
  readonly errors: readonly FormError[];
  readonly quarters: readonly string[];
  readonly names: CodeNames;
  readonly indicators: readonly { readonly value: string; readonly text: string }[];
  /** What it would be; null before it was looked at. */
  readonly plan: ShownPlan | null;
}

/** The form; once it was looked at, what the release would be, with the button that publishes just that. */
export function publishPage(page: PublishPage): Html {
  const { lang, may, plan } = page;
  const words = PUBLISH_WORDS[lang];
  return coveragePage(page, {
    name: "publish",
    title: words.title,
    lead: words.lead,
    styles: ["coverage-work.css"],
    linkTo: (other) => `${COVERAGE_PATHS.publish}?lang=${other}`,
    body: may.publish
      ? html`${errorSummary(page.errors, lang)} ${form(page)}
        ${plan === null ? "" : planSection(plan, page)}`
      : html`<p class="note">${words.mayNot}</p>`,
  });
}

function form({ lang, values, errors, quarters, indicators, plan }: PublishPage): Html {
  const words = PUBLISH_WORDS[lang];
  const publishable = plan !== null && errors.length === 0;
  return html`<form class="work-form" method="post" action="${COVERAGE_PATHS.publish}?lang=${lang}">
    ${choiceField({
      name: "as_of",
      label: words.asOf,
      errors,
      options: quarters.map((day) => ({ value: day, text: dayText(day, lang) })),
      chosen: values.as_of,
    })}
    <div class="field-row">
      ${areaField({ name: "note_vi", label: words.noteVi, hint: words.noteHint, errors, value: values.note_vi })}
      ${areaField({ name: "note_en", label: words.noteEn, errors, value: values.note_en })}
    </div>
    ${checkField({ name: "despite_held", label: words.despiteHeld, checked: values.despite_held })}
    <details ${values.breaks.some(({ indicator }) => indicator !== "") ? html`open` : ""}>
      <summary>${words.breaks}</summary>
      ${values.breaks.map((row, at) => breakRow({ row, at: at + 1, indicators, errors }, lang))}
    </details>
    <p class="actions">
      <button class="${publishable ? "" : "main-button"}" name="step" value="check">
        ${words.check}
      </button>
      ${
        publishable
          ? html`<input type="hidden" name="sha256" value="${plan.sha256}" />
              <button class="main-button" name="step" value="publish">
                ${words.publish(plan.code)}
              </button>
              <span>${words.final}</span>`
          : ""
      }
    </p>
  </form>`;
}

function breakRow(
  {
    row,
    at,
    indicators,
    errors,
  }: Pick<PublishPage, "indicators" | "errors"> & {
    readonly row: ReleaseValues["breaks"][number];
    readonly at: number;
  },
  lang: Lang,
): Html {
  const words = PUBLISH_WORDS[lang];
  return html`<div class="field-row">
    ${choiceField({
      name: `break_indicator_${at}`,
      label: words.breakIndicator(at),
      errors,
      none: words.breakNone,
      options: indicators,
      chosen: row.indicator,
    })}
    ${inputField({ name: `break_vi_${at}`, label: words.breakVi(at), errors, value: row.vi, maxLength: 4000 })}
    ${inputField({ name: `break_en_${at}`, label: words.breakEn(at), errors, value: row.en, maxLength: 4000 })}
  </div>`;
}
