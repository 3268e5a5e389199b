import { html } from "hono/html";
import { RULE_TITLES } from "../../catalogue/import-faults/rule-titles.ts";
import { HELD_STATES, type HeldState } from "../../domain/coverage/held-review.ts";
import type { RuleId } from "../../domain/coverage/import-fault.ts";
import type { HeldGroup } from "../../reports/coverage-imports/held-groups.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import { coveragePage } from "../coverage/page.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { addressOf } from "./address.ts";
import type { CodeNames } from "./column-words.ts";
import { choiceField, toldBox } from "./form-parts.ts";
import { bulkForm, type DecisionDraft } from "./held-decision.ts";
import { heldArticle, type ShownHeldRow } from "./held-article.ts";
import { submissionPath } from "./imports-page.ts";
import { REVIEW_WORDS } from "./review-words.ts";
import type { Told, WorkFacts } from "./work-facts.ts";

/** The page of rows that wait for a person. */
export interface ReviewPage extends WorkFacts {
  readonly query: ReviewQuery;
  readonly groups: readonly HeldGroup[];
  readonly rows: readonly ShownHeldRow[];
  readonly names: CodeNames;
  readonly nextCursor: string | null;
  /** Whether an acceptance takes a second person. */
  readonly secondApproval: boolean;
  readonly told: Told | null;
  /** A decision that was not taken: it is shown again in its form. */
  readonly draft: DecisionDraft | null;
}

/** Which rows are shown. */
export interface ReviewQuery {
  readonly submission?: number | undefined;
  readonly rule?: RuleId | undefined;
  readonly state?: HeldState | undefined;
}

/** What waits by file and rule, then each row with what it says, what was recorded before, and the decision. */
export function reviewPage(page: ReviewPage): Html {
  const { lang, query, rows, nextCursor, may, secondApproval } = page;
  const words = REVIEW_WORDS[lang];
  const path = COVERAGE_PATHS.review;
  // The same rows are shown again after a decision.
  const decide = (id: number) => addressOf(`${path}/${id}/decide`, { ...query, lang });
  return coveragePage(page, {
    name: "review",
    title: words.title,
    lead: secondApproval ? `${words.lead} ${words.second}` : words.lead,
    styles: ["coverage-work.css"],
    linkTo: (other) => addressOf(path, { ...query, lang: other }),
    body: html`${toldBox(page.told)} ${may.decide ? "" : html`<p class="note">${words.mayNot}</p>`}
    ${groupSection(page)} ${stateForm(page)} ${bulkSection(page)}
    ${
      rows.length === 0
        ? html`<p class="empty">${page.groups.length === 0 ? words.nothing : words.noneSuch}</p>`
        : rows.map((row) => heldArticle(row, { ...page, decide }))
    }
    ${
      nextCursor === null
        ? ""
        : html`<p class="pages-of-list">
            <a href="${addressOf(path, { ...query, cursor: nextCursor, lang })}">${words.next}</a>
          </p>`
    }`,
  });
}

function groupSection({ lang, groups }: ReviewPage): Html | "" {
  if (groups.length === 0) return "";
  const words = REVIEW_WORDS[lang];
  const files = Map.groupBy(groups, ({ submission }) => submission);
  return html`<section>
    <h2>${words.waiting}</h2>
    <ul>
      ${[...files].map(
        ([submission, own]) =>
          html`<li>
            <a href="${submissionPath(submission)}?lang=${lang}">${own[0]?.file}</a>:
            ${own.map(
              ({ rule, rows }, at) =>
                html`${at === 0 ? "" : "; "}<a
                    href="${addressOf(COVERAGE_PATHS.review, { submission, rule, lang })}"
                    >${rule} ${RULE_TITLES[rule][lang]}</a
                  >
                  (${words.rows(numberText(rows, lang))})`,
            )}
          </li>`,
      )}
    </ul>
  </section>`;
}

function stateForm({ lang, query }: ReviewPage): Html {
  const words = REVIEW_WORDS[lang];
  return html`<form class="filter-form" method="get" action="${COVERAGE_PATHS.review}">
    <input type="hidden" name="lang" value="${lang}" />
    ${
      query.submission === undefined
        ? ""
        : html`<input type="hidden" name="submission" value="${query.submission}" />`
    }
    ${choiceField({
      name: "state",
      label: words.state,
      errors: [],
      none: words.open,
      options: HELD_STATES.map((state) => ({ value: state, text: words.states[state] })),
      chosen: query.state ?? "",
    })}
    <div class="field actions">
      <button class="main-button">${words.filter}</button>
      <a href="${COVERAGE_PATHS.review}?lang=${lang}">${words.all}</a>
    </div>
  </form>`;
}

/** Many rows of one file at once, where one file is shown. */
function bulkSection({ lang, query, groups, may, draft, secondApproval }: ReviewPage): Html | "" {
  const own = groups.filter(({ submission }) => submission === query.submission);
  const [first] = own;
  if (first === undefined || !may.decide) return "";
  return bulkForm(
    { submission: first.submission, file: first.file, rules: own, chosen: query.rule },
    { lang, secondApproval, draft: draft?.id === "bulk" ? draft : null },
  );
}
