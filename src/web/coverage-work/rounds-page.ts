import { html } from "hono/html";
import type { RoundRow } from "../../reports/coverage-rounds/rounds.ts";
import { cardTable } from "../compliance/card-table.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import { coveragePage } from "../coverage/page.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { dayText } from "../time-text.ts";
import { areaField, choiceField, errorSummary, type FormError, inputField } from "./form-parts.ts";
import { ROUND_WORDS } from "./round-words.ts";
import type { WorkFacts } from "./work-facts.ts";

/** A round as it is typed. */
export interface RoundValues {
  readonly as_of: string;
  readonly opens_on: string;
  readonly due_on: string;
  readonly note: string;
  readonly indicators: readonly string[];
}

/** The page of all rounds. */
export interface RoundsPage extends WorkFacts {
  readonly rounds: readonly RoundRow[];
  readonly values: RoundValues;
  readonly errors: readonly FormError[];
  readonly quarters: readonly string[];
  readonly indicators: readonly { readonly value: string; readonly text: string }[];
}

/** The page of one round. */
export function roundPath(id: number): string {
  return `${COVERAGE_PATHS.rounds}/${id}`;
}

/** All rounds, the latest quarter first, and the form that opens one. */
export function roundsPage(page: RoundsPage): Html {
  const { lang, rounds, may } = page;
  const words = ROUND_WORDS[lang];
  return coveragePage(page, {
    name: "rounds",
    title: words.title,
    lead: words.lead,
    styles: ["coverage-work.css"],
    linkTo: (other) => `${COVERAGE_PATHS.rounds}?lang=${other}`,
    body: html`${errorSummary(page.errors, lang)}
      ${rounds.length === 0 ? html`<p class="empty">${words.none}</p>` : table(page)}
      <h2>${words.create}</h2>
      ${may.decide ? form(page) : html`<p class="note">${words.mayNot}</p>`}`,
  });
}

function table({ lang, rounds }: RoundsPage): Html {
  const words = ROUND_WORDS[lang];
  const [, asOf, opens, due, provinces] = words.columns;
  return cardTable({
    label: words.title,
    headings: words.columns,
    rows: rounds.map(
      (round) =>
        html`<tr>
          <th scope="row">
            <a href="${roundPath(round.id)}?lang=${lang}">${round.quarter}</a>
          </th>
          <td data-label="${asOf}">${dayText(round.as_of, lang)}</td>
          <td data-label="${opens}">${dayText(round.opens_on, lang)}</td>
          <td data-label="${due}">${dayText(round.due_on, lang)}</td>
          <td data-label="${provinces}">
            ${numberText(round.provinces, lang)}
            ${
              round.excused === 0
                ? ""
                : html`<span class="also"
                    >${words.excusedOf(numberText(round.excused, lang))}</span
                  >`
            }
          </td>
        </tr>`,
    ),
  });
}

function form({ lang, values, errors, quarters, indicators }: RoundsPage): Html {
  const words = ROUND_WORDS[lang];
  const dayField = (name: "opens_on" | "due_on", label: string) =>
    inputField({ name, label, errors, type: "date", required: true, value: values[name] });
  return html`<form class="work-form" method="post" action="${COVERAGE_PATHS.rounds}?lang=${lang}">
    <div class="field-row">
      ${choiceField({
        name: "as_of",
        label: words.asOf,
        errors,
        options: quarters.map((day) => ({ value: day, text: dayText(day, lang) })),
        chosen: values.as_of,
      })}
      ${dayField("opens_on", words.opensOn)} ${dayField("due_on", words.dueOn)}
    </div>
    <details ${values.indicators.length > 0 ? html`open` : ""}>
      <summary>${words.chooseIndicators}</summary>
      <fieldset>
        <legend class="hidden">${words.indicators}</legend>
        ${indicators.map(
          ({ value, text }) =>
            html`<label class="check"
              ><input
                type="checkbox"
                name="indicators"
                value="${value}"
                ${values.indicators.includes(value) ? html`checked` : ""}
              />${text}</label
            >`,
        )}
      </fieldset>
    </details>
    ${areaField({ name: "note", label: words.note, errors, value: values.note, maxLength: 2000 })}
    <p><button class="main-button">${words.button}</button></p>
  </form>`;
}
