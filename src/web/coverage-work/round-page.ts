import { html } from "hono/html";
import { DUTY_STATES, type DutyState } from "../../domain/coverage/round.ts";
import type { DutyRow, RoundProgress } from "../../reports/coverage-rounds/progress.ts";
import { tableHead } from "../compliance/table-head.ts";
import { coveragePage } from "../coverage/page.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { dayText } from "../time-text.ts";
import { addressOf } from "./address.ts";
import type { CodeNames } from "./column-words.ts";
import { choiceField, inputField, toldBox } from "./form-parts.ts";
import { submissionPath } from "./imports-page.ts";
import { ROUND_WORDS } from "./round-words.ts";
import { roundPath } from "./rounds-page.ts";
import type { Told, WorkFacts } from "./work-facts.ts";

/** The page of one round. */
export interface RoundPage extends WorkFacts {
  readonly round: RoundProgress;
  readonly names: CodeNames;
  readonly told: Told | null;
}

const TONES: Readonly<Record<DutyState, string>> = {
  excused: "none",
  received: "good",
  in_review: "fair",
  partial: "fair",
  owed: "none",
};

/** Where each province stands: what it owes, sent, is late with, and when it was reminded; with its template. */
export function roundPage(page: RoundPage): Html {
  const { lang, round, names, may } = page;
  const words = ROUND_WORDS[lang];
  const indicators = round.indicators.map((code) => names.get(code) ?? code).join("; ");
  return coveragePage(page, {
    name: null,
    title: words.one(round.quarter),
    lead: words.oneLead(dayText(round.as_of, lang), dayText(round.due_on, lang)),
    styles: ["coverage-work.css"],
    linkTo: (other) => `${roundPath(round.id)}?lang=${other}`,
    body: html`${toldBox(page.told)}
      <dl class="tallies">
        ${tally(words.late, round.late, page)}
        ${DUTY_STATES.toReversed().map((state) => tally(words.states[state], round.states[state], page))}
      </dl>
      <p>${words.indicators}: ${indicators === "" ? words.anyIndicator : indicators}.</p>
      ${round.note === null ? "" : html`<p>${words.note}: ${round.note}</p>`} ${table(page)}
      ${may.decide ? excuseForm(page) : ""}`,
  });
}

function tally(name: string, count: number, { lang }: RoundPage): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${numberText(count, lang)}</dd>
  </div>`;
}

function table(page: RoundPage): Html {
  const { lang, round } = page;
  const words = ROUND_WORDS[lang];
  return html`<div
    class="scroll"
    tabindex="0"
    role="region"
    aria-label="${words.one(round.quarter)}"
  >
    <table class="cards">
      <caption class="hidden">
        ${words.one(round.quarter)}
      </caption>
      ${tableHead(words.dutyColumns)}
      <tbody>
        ${round.duties.map((duty) => dutyRow(duty, page))}
      </tbody>
    </table>
  </div>`;
}

function dutyRow(duty: DutyRow, { lang, round }: RoundPage): Html {
  const words = ROUND_WORDS[lang];
  const [, state, communes, last, reminded, template] = words.dutyColumns;
  const number = (value: number) => numberText(value, lang);
  const { code } = duty.province;
  const late = (duty.days_late ?? 0) > 0;
  return html`<tr>
    <th scope="row"><span lang="vi">${duty.province.name_vi}</span> (${code})</th>
    <td data-label="${state}">
      <span class="mark ${late && duty.state === "owed" ? "bad" : TONES[duty.state]}"
        >${words.states[duty.state]}</span
      >
      ${late ? html`<span class="also">${words.daysLate(number(duty.days_late ?? 0))}</span>` : ""}
      ${duty.excused_reason === null ? "" : html`<span class="also">${duty.excused_reason}</span>`}
    </td>
    <td data-label="${communes}">
      ${words.communes(number(duty.received), number(duty.expected))}
      ${duty.held > 0 ? html`<span class="also">${words.held(number(duty.held))}</span>` : ""}
    </td>
    <td data-label="${last}">
      ${duty.received_on === null ? "–" : dayText(duty.received_on, lang)}
      ${
        duty.submissions.length === 0
          ? ""
          : html`<span class="also"
              >${words.files}:
              ${duty.submissions.map(
                ({ id }) => html`<a href="${submissionPath(id)}?lang=${lang}">${id}</a> `,
              )}</span
            >`
      }
    </td>
    <td data-label="${reminded}">
      ${
        duty.reminded.length === 0
          ? words.notReminded
          : duty.reminded.map(
              ({ day, sent, failed }) =>
                html`<span class="also"
                  >${words.reminder(dayText(day, lang), number(sent), failed)}</span
                >`,
            )
      }
    </td>
    <td data-label="${template}">
      <a
        href="${addressOf("/api/v1/coverage/template", { province: code, as_of: round.as_of })}"
        aria-label="${words.template}, ${duty.province.name_vi}"
        >${words.template}</a
      >
    </td>
  </tr>`;
}

function excuseForm({ lang, round }: RoundPage): Html {
  const words = ROUND_WORDS[lang];
  const owing = round.duties.filter(({ state }) => state !== "excused");
  return html`<section>
    <h2>${words.excuse}</h2>
    <form class="work-form" method="post" action="${roundPath(round.id)}/excuse?lang=${lang}">
      <div class="field-row">
        ${choiceField({
          name: "province",
          label: words.province,
          hint: words.excuseHint,
          errors: [],
          options: owing.map(({ province: { code, name_vi: name } }) => ({
            value: code,
            text: `${name} (${code})`,
          })),
          chosen: "",
        })}
        ${inputField({
          name: "reason",
          label: words.reason,
          errors: [],
          required: true,
          value: "",
        })}
      </div>
      <p><button>${words.excuseButton}</button></p>
    </form>
  </section>`;
}
