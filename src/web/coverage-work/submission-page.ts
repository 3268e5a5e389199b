import { html } from "hono/html";
import type { RuleId } from "../../domain/coverage/import-fault.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import { coveragePage } from "../coverage/page.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { dayText, timeText } from "../time-text.ts";
import { addressOf } from "./address.ts";
import type { CodeNames } from "./column-words.ts";
import { faultSection, type ShownFaults } from "./fault-section.ts";
import { IMPORT_WORDS } from "./import-words.ts";
import { submissionPath } from "./imports-page.ts";
import { type OutcomeCounts, outcomeSection } from "./outcome-section.ts";
import {
  type StatedSettings,
  type UnderstoodFile,
  understoodSection,
} from "./understood-section.ts";
import { REVIEW_WORDS } from "./review-words.ts";
import type { WorkFacts } from "./work-facts.ts";

/** One file that came, or was only tried. */
export interface SubmissionPage extends WorkFacts {
  /** Null for a trial. */
  readonly id: number | null;
  readonly file: string;
  readonly by: string;
  /** ISO 8601; null for a trial. */
  readonly receivedAt: string | null;
  readonly counts: OutcomeCounts;
  /** Held rows that wait now. */
  readonly waiting: number;
  readonly repeated: boolean;
  readonly kept: boolean;
  readonly understood: UnderstoodFile;
  readonly settings: StatedSettings;
  readonly names: CodeNames;
  readonly faults: readonly ShownFaults[];
  /** The only rule whose faults are shown, and the next page of them. */
  readonly rule: RuleId | undefined;
  readonly nextCursor: string | null;
  /** The day whose units the file seems to use. */
  readonly suggestedUnits: string | null;
}

/** The outcome in a sentence, what to do next, what was understood, and every fault. */
export function submissionPage(page: SubmissionPage): Html {
  const { lang, id, rule, nextCursor, timezone, receivedAt, by } = page;
  const words = IMPORT_WORDS[lang];
  const path = id === null ? COVERAGE_PATHS.imports : submissionPath(id);
  return coveragePage(page, {
    name: null,
    title: words.one(page.file),
    ...(receivedAt === null
      ? {}
      : { lead: `${timeText(receivedAt, { lang, timezone })}, ${words.by} ${by}` }),
    styles: ["coverage-work.css"],
    linkTo: (other) => addressOf(path, { rule, lang: other }),
    body: html`${outcomeSection(page.counts, lang, {
      dryRun: id === null,
      repeated: page.repeated,
    })}
    ${nextSteps(page)} ${faultSection(page.faults, lang)}
    ${
      rule === undefined
        ? ""
        : html`<p class="pages-of-list">
            ${
              nextCursor === null
                ? ""
                : html`<a href="${addressOf(path, { rule, cursor: nextCursor, lang })}#faults"
                    >${words.next}</a
                  >`
            }
            <a href="${path}?lang=${lang}">${words.allRules}</a>
          </p>`
    }
    ${understoodSection(page.understood, page.settings, page)}`,
  });
}

function nextSteps(page: SubmissionPage): Html {
  const { lang, id } = page;
  const words = IMPORT_WORDS[lang];
  return html`<section>
    <h2>${words.steps}</h2>
    <ul class="next-steps">
      ${id === null ? trialSteps(page) : storedSteps(page, id)}
    </ul>
    <p><a href="${COVERAGE_PATHS.imports}?lang=${lang}">${words.send}</a></p>
  </section>`;
}

function trialSteps({ lang, counts }: SubmissionPage): Html {
  const words = IMPORT_WORDS[lang];
  return counts.outcome === "refused"
    ? html`<li>${words.stepCorrect}</li>`
    : html`<li>${words.stepSend}</li>`;
}

function storedSteps(page: SubmissionPage, id: number): Html {
  const { lang, counts, waiting, kept, may } = page;
  const words = IMPORT_WORDS[lang];
  const api = `/api/v1/coverage/imports/${id}`;
  const review = addressOf(COVERAGE_PATHS.review, { submission: id, lang });
  const count = numberText(waiting, lang);
  const clean = waiting === 0 && counts.refused === 0;
  return html`${againStep(page, id)}
  ${waiting > 0 && may.decide ? html`<li><a href="${review}">${words.stepReview(count)}</a></li>` : ""}
  ${waiting > 0 && !may.decide ? html`<li>${words.stepReviewOthers(count)}</li>` : ""}
  ${
    waiting === 0 && counts.held > 0
      ? html`<li>
          ${words.stepElsewhere}
          <a href="${COVERAGE_PATHS.review}?lang=${lang}">${REVIEW_WORDS[lang].title}</a>
        </li>`
      : ""
  }
  ${counts.refused > 0 ? html`<li>${words.stepCorrect}</li>` : ""}
  ${
    counts.faults > 0
      ? html`<li><a href="${api}/annotated.xlsx">${words.stepAnnotated}</a></li>
          <li><a href="${api}/faults?format=csv">${words.stepCsv}</a></li>`
      : ""
  }
  ${kept ? html`<li><a href="${api}/file">${words.stepFile}</a></li>` : ""}
  ${clean ? html`<li>${words.stepNothing}</li>` : ""}
  ${
    clean && may.publish
      ? html`<li><a href="${COVERAGE_PATHS.publish}?lang=${lang}">${words.stepPublish}</a></li>`
      : ""
  }`;
}

/** Repeats the import with the list of units that the file seems to use. */
function againStep({ lang, kept, may, suggestedUnits }: SubmissionPage, id: number): Html | "" {
  if (suggestedUnits === null || !kept || !may.send) return "";
  const words = IMPORT_WORDS[lang];
  return html`<li>
    <form method="post" action="${submissionPath(id)}/again?lang=${lang}">
      <input type="hidden" name="units" value="${suggestedUnits}" />
      <button class="main-button">${words.stepAgain(dayText(suggestedUnits, lang))}</button>
      <span class="hint">${words.stepAgainHint}</span>
    </form>
  </li>`;
}
