import { html } from "hono/html";
import { CHALLENGE_OUTCOMES, isClosed } from "../../domain/coverage/challenge.ts";
import type { ChallengeRow } from "../../reports/coverage-challenges/list.ts";
import { coveragePage } from "../coverage/page.ts";
import type { Html } from "../layout.ts";
import { timeText } from "../time-text.ts";
import { webLink } from "../web-link.ts";
import { CHALLENGE_WORDS } from "./challenge-words.ts";
import { CHALLENGE_TONES, challengePath, dueText, figureText } from "./challenges-page.ts";
import type { CodeNames } from "./column-words.ts";
import { areaField, choiceField, type FormError, inputField, toldBox } from "./form-parts.ts";
import type { Told, WorkFacts } from "./work-facts.ts";

/** A step as it is typed. */
export interface StepValues {
  readonly text: string;
  readonly outcome_code: string;
  readonly correction: string;
  readonly numerator: string;
  readonly denominator: string;
}

/** The page of one challenge. */
export interface ChallengePage extends WorkFacts {
  readonly challenge: Omit<ChallengeRow, "figure"> & {
    readonly figure: Parameters<typeof figureText>[0];
    readonly figure_now: Parameters<typeof figureText>[0];
  };
  readonly names: CodeNames;
  readonly values: StepValues;
  readonly told: Told | null;
}

/** What is challenged and why, what the source said, what was decided; and the next step for those who may take it. */
export function challengePage(page: ChallengePage): Html {
  const { lang, challenge, names, today, may } = page;
  const words = CHALLENGE_WORDS[lang];
  const { state, overdue } = challenge;
  const decidable = state === "rebutted" || overdue;
  return coveragePage(page, {
    name: null,
    title: words.one(challenge.id),
    styles: ["coverage-work.css"],
    linkTo: (other) => `${challengePath(challenge.id)}?lang=${other}`,
    body: html`${toldBox(page.told)}
      <p>
        <span class="mark ${overdue ? "bad" : CHALLENGE_TONES[state]}">${words.states[state]}</span>
        ${state === "open" ? dueText(challenge, { lang, today }) : ""}
      </p>
      <dl class="facts">
        ${fact(words.figure, figureText(challenge.figure, names, lang))}
        ${fact(words.figureNow, figureText(challenge.figure_now, names, lang))}
        ${challenge.release === null ? "" : fact(words.release, challenge.release)}
        ${fact(words.reason, words.reasons[challenge.reason_code])}
        ${challenge.evidence_url === null ? "" : fact(words.evidence, webLink(challenge.evidence_url))}
        ${challenge.outcome_code === null ? "" : fact(words.outcome, words.outcomes[challenge.outcome_code])}
      </dl>
      ${said(words.statement, challenge.statement, challenge.filed_by, challenge.filed_at, page)}
      ${said(words.answer, challenge.answer, challenge.answered_by, challenge.answered_at, page)}
      ${said(words.decision, challenge.decision, challenge.decided_by, challenge.decided_at, page)}
      ${state === "open" && may.send ? stepForm(page, "answer") : ""}
      ${!isClosed(state) && decidable && may.decide ? stepForm(page, "decide") : ""}
      ${state === "open" && !overdue && may.decide ? html`<p class="note">${words.waits}</p>` : ""}`,
  });
}

function fact(name: string, value: Html | string): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

function said(
  title: string,
  text: string | null,
  by: string | null,
  at: string | null,
  { lang, timezone }: ChallengePage,
): Html | "" {
  if (text === null || at === null) return "";
  return html`<section>
    <h2>${title}</h2>
    <p>${text}</p>
    <p class="soft">${CHALLENGE_WORDS[lang].filed(by, timeText(at, { lang, timezone }))}</p>
  </section>`;
}

const NO_ERRORS: readonly FormError[] = [];

/** The source's answer, or the decision: both in words, with an outcome, and a change of the figure where there is one. */
function stepForm({ lang, challenge, values }: ChallengePage, step: "answer" | "decide"): Html {
  const words = CHALLENGE_WORDS[lang];
  const errors = NO_ERRORS;
  const [yes, no] =
    step === "answer"
      ? ([
          ["conceded", words.concede],
          ["rebutted", words.rebut],
        ] as const)
      : ([
          ["upheld", words.uphold],
          ["rejected", words.reject],
        ] as const);
  return html`<section>
    <h2>${step === "answer" ? words.answerTitle : words.decideTitle}</h2>
    <form
      class="work-form"
      method="post"
      action="${challengePath(challenge.id)}/${step}?lang=${lang}"
    >
      ${areaField({ name: "text", label: words.text, errors, required: true, value: values.text })}
      ${choiceField({
        name: "outcome_code",
        label: words.chooseOutcome,
        errors,
        ...(step === "answer" ? { none: words.noOutcome } : {}),
        options: CHALLENGE_OUTCOMES.map((value) => ({ value, text: words.outcomes[value] })),
        chosen: values.outcome_code,
      })}
      <fieldset>
        <legend>${words.correction}</legend>
        <div class="field-row">
          ${choiceField({
            name: "correction",
            label: words.change,
            errors,
            none: words.noCorrection,
            options: [
              { value: "counts", text: words.newCounts },
              { value: "withdrawal", text: words.withdraw },
            ],
            chosen: values.correction,
          })}
          ${inputField({ name: "numerator", label: words.numerator, errors, type: "number", value: values.numerator })}
          ${inputField({ name: "denominator", label: words.denominator, errors, type: "number", value: values.denominator })}
        </div>
      </fieldset>
      <p class="actions">
        <button class="main-button" name="verdict" value="${yes[0]}">${yes[1]}</button>
        <button class="second-button" name="verdict" value="${no[0]}">${no[1]}</button>
      </p>
    </form>
  </section>`;
}
