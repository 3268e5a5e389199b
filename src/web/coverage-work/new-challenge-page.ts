import { html } from "hono/html";
import { CHALLENGE_REASONS } from "../../domain/coverage/challenge.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import { coveragePage } from "../coverage/page.ts";
import type { Html } from "../layout.ts";
import { addressOf } from "./address.ts";
import { CHALLENGE_WORDS } from "./challenge-words.ts";
import { figureText } from "./challenges-page.ts";
import type { CodeNames } from "./column-words.ts";
import { areaField, choiceField, errorSummary, type FormError, inputField } from "./form-parts.ts";
import type { WorkFacts } from "./work-facts.ts";

/** A challenge as it is typed. */
export interface ChallengeValues {
  readonly figure: string;
  readonly release: string;
  readonly reason_code: string;
  readonly statement: string;
  readonly evidence_url: string;
  readonly filed_by: string;
}

/** The page that files a challenge of one figure. */
export interface NewChallengePage extends WorkFacts {
  readonly figure: Parameters<typeof figureText>[0];
  readonly values: ChallengeValues;
  readonly errors: readonly FormError[];
  readonly names: CodeNames;
}

/** The figure as it is, and the form: a coded reason, what is said, evidence. */
export function newChallengePage({
  figure,
  values,
  errors,
  names,
  ...facts
}: NewChallengePage): Html {
  const { lang } = facts;
  const words = CHALLENGE_WORDS[lang];
  const path = `${COVERAGE_PATHS.challenges}/new`;
  const { figure: id, release } = values;
  return coveragePage(facts, {
    name: null,
    title: words.file,
    lead: words.lead,
    styles: ["coverage-work.css"],
    linkTo: (other) => addressOf(path, { figure: id, release: release || undefined, lang: other }),
    body: html`${errorSummary(errors, lang)}
      <p class="outcome">${figureText(figure, names, lang)}</p>
      <form class="work-form" method="post" action="${COVERAGE_PATHS.challenges}?lang=${lang}">
        <input type="hidden" name="figure" value="${id}" />
        ${choiceField({
          name: "reason_code",
          label: words.reason,
          errors,
          options: CHALLENGE_REASONS.map((value) => ({ value, text: words.reasons[value] })),
          chosen: values.reason_code,
        })}
        ${areaField({
          name: "statement",
          label: words.statement,
          hint: words.statementHint,
          errors,
          required: true,
          value: values.statement,
        })}
        <div class="field-row">
          ${inputField({ name: "evidence_url", label: words.evidenceUrl, errors, type: "url", value: values.evidence_url, maxLength: 2000 })}
          ${inputField({ name: "release", label: words.release, hint: words.releaseHint, errors, value: release })}
          ${inputField({ name: "filed_by", label: words.filedBy, errors, value: values.filed_by })}
        </div>
        <p><button class="main-button">${words.fileButton}</button></p>
      </form>`,
  });
}
