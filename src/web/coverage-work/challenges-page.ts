import { html } from "hono/html";
import {
  CHALLENGE_STATES,
  type ChallengeState,
  isClosed,
} from "../../domain/coverage/challenge.ts";
import { DAY_MS, startOfDay } from "../../domain/calendar.ts";
import type { ChallengeRow } from "../../reports/coverage-challenges/list.ts";
import { cardTable } from "../compliance/card-table.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import { coveragePage } from "../coverage/page.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { dayText } from "../time-text.ts";
import { addressOf } from "./address.ts";
import { CHALLENGE_WORDS } from "./challenge-words.ts";
import type { CodeNames } from "./column-words.ts";
import { checkField, choiceField, inputField } from "./form-parts.ts";
import { valueText } from "./held-article.ts";
import type { WorkFacts } from "./work-facts.ts";

/** The page of all challenges. */
export interface ChallengesPage extends WorkFacts {
  readonly query: {
    readonly state?: ChallengeState | undefined;
    readonly overdue?: boolean | undefined;
  };
  readonly rows: readonly ChallengeRow[];
  readonly names: CodeNames;
  readonly nextCursor: string | null;
}

export const CHALLENGE_TONES: Readonly<Record<ChallengeState, string>> = {
  open: "fair",
  rebutted: "fair",
  conceded: "good",
  upheld: "good",
  rejected: "none",
};

/** Challenges, newest first, with how much time their sources have. */
export function challengesPage(page: ChallengesPage): Html {
  const { lang, query, rows, nextCursor, may } = page;
  const words = CHALLENGE_WORDS[lang];
  const path = COVERAGE_PATHS.challenges;
  const asked = { state: query.state, overdue: query.overdue ? "true" : undefined };
  return coveragePage(page, {
    name: "challenges",
    title: words.title,
    lead: words.lead,
    styles: ["coverage-work.css"],
    linkTo: (other) => addressOf(path, { ...asked, lang: other }),
    body: html`${filterForm(page)}
      ${rows.length === 0 ? html`<p class="empty">${words.none}</p>` : table(page)}
      ${
        nextCursor === null
          ? ""
          : html`<p class="pages-of-list">
              <a href="${addressOf(path, { ...asked, cursor: nextCursor, lang })}">${words.next}</a>
            </p>`
      }
      <h2>${words.file}</h2>
      <p>${words.how}</p>
      ${
        may.send
          ? html`<form class="filter-form" method="get" action="${path}/new">
              <input type="hidden" name="lang" value="${lang}" />
              ${inputField({
                name: "figure",
                label: words.figureId,
                errors: [],
                type: "number",
                required: true,
                value: "",
              })}
              <div class="field actions"><button>${words.open}</button></div>
            </form>`
          : html`<p class="note">${words.mayNotFile}</p>`
      }`,
  });
}

function filterForm({ lang, query }: ChallengesPage): Html {
  const words = CHALLENGE_WORDS[lang];
  return html`<form class="filter-form" method="get" action="${COVERAGE_PATHS.challenges}">
    <input type="hidden" name="lang" value="${lang}" />
    ${choiceField({
      name: "state",
      label: words.state,
      errors: [],
      none: words.all,
      options: CHALLENGE_STATES.map((state) => ({ value: state, text: words.states[state] })),
      chosen: query.state ?? "",
    })}
    ${checkField({ name: "overdue", label: words.overdueOnly, checked: query.overdue ?? false })}
    <div class="field actions"><button class="main-button">${words.filter}</button></div>
  </form>`;
}

function table({ lang, rows, names, today }: ChallengesPage): Html {
  const words = CHALLENGE_WORDS[lang];
  const [, figure, reason, state, due] = words.columns;
  return cardTable({
    label: words.title,
    headings: words.columns,
    rows: rows.map(
      (row) =>
        html`<tr>
          <th scope="row">
            <a href="${challengePath(row.id)}?lang=${lang}">${words.one(row.id)}</a>
          </th>
          <td data-label="${figure}">${figureText(row.figure, names, lang)}</td>
          <td data-label="${reason}">${words.reasons[row.reason_code]}</td>
          <td data-label="${state}">
            <span class="mark ${row.overdue ? "bad" : CHALLENGE_TONES[row.state]}"
              >${words.states[row.state]}</span
            >
          </td>
          <td data-label="${due}">${dueText(row, { lang, today })}</td>
        </tr>`,
    ),
  });
}

/** The page of one challenge. */
export function challengePath(id: number): string {
  return `${COVERAGE_PATHS.challenges}/${id}`;
}

/** Which figure it is, and what it says. */
export function figureText(
  figure: Pick<
    ChallengeRow["figure"],
    | "unit"
    | "indicator"
    | "as_of"
    | "source"
    | "status"
    | "numerator"
    | "denominator"
    | "stated_ratio"
  >,
  names: CodeNames,
  lang: Lang,
): Html {
  return html`<span lang="vi">${figure.unit.name_vi}</span> (${figure.unit.code}):
    ${names.get(figure.indicator) ?? figure.indicator}
    <strong>${valueText({ ...figure, statedRatio: figure.stated_ratio }, lang)}</strong>
    <span class="also">${dayText(figure.as_of, lang)}, ${figure.source}</span>`;
}

/** How much time the source has to answer, or by how much it is overdue. */
export function dueText(
  { state, due_on: due }: Pick<ChallengeRow, "state" | "due_on">,
  { lang, today }: { readonly lang: Lang; readonly today: string },
): string {
  const words = CHALLENGE_WORDS[lang];
  if (state === "rebutted" || isClosed(state)) return words.answeredInTime;
  const left = Math.round((startOfDay(due) - startOfDay(today)) / DAY_MS);
  return words.due(dayText(due, lang), left);
}
