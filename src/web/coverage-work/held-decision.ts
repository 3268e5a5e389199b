import { html } from "hono/html";
import { RULE_TITLES } from "../../catalogue/import-faults/rule-titles.ts";
import type { RuleId } from "../../domain/coverage/import-fault.ts";
import { COVERAGE_PATHS } from "../coverage/nav.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { REVIEW_WORDS } from "./review-words.ts";

/** A decision that was typed and not taken, and why. */
export interface DecisionDraft {
  /** The row's number, or that of many rows at once. */
  readonly id: number | "bulk";
  readonly reason: string;
  readonly problem: string;
}

/** Accept and refuse with one reason, for one row. */
export function decisionForm(
  row: {
    readonly id: number;
    readonly proposed: boolean;
    readonly about: string;
    readonly action: string;
  },
  {
    lang,
    secondApproval,
    draft,
  }: { lang: Lang; secondApproval: boolean; draft: DecisionDraft | null },
): Html {
  const words = REVIEW_WORDS[lang];
  const accept = !secondApproval ? words.accept : row.proposed ? words.agree : words.propose;
  return html`<form method="post" action="${row.action}">
    ${draft === null ? "" : html`<p class="problem-box" role="alert">${draft.problem}</p>`}
    <div class="decision">
      ${reasonField(`reason-${row.id}`, draft, lang)}
      <button class="main-button" name="verdict" value="accept">
        ${accept}<span class="hidden"> ${row.about}</span>
      </button>
      <button class="second-button" name="verdict" value="refuse">
        ${words.refuse}<span class="hidden"> ${row.about}</span>
      </button>
    </div>
  </form>`;
}

/** Accept and refuse with one reason, for all rows of a file that wait, or those that one rule holds. */
export function bulkForm(
  of: {
    readonly submission: number;
    readonly file: string;
    readonly rules: readonly { readonly rule: RuleId }[];
    readonly chosen: RuleId | undefined;
  },
  {
    lang,
    secondApproval,
    draft,
  }: { lang: Lang; secondApproval: boolean; draft: DecisionDraft | null },
): Html {
  const words = REVIEW_WORDS[lang];
  const { submission, file, rules, chosen } = of;
  return html`<section>
    <h2>${words.bulk(file)}</h2>
    <form class="work-form" method="post" action="${COVERAGE_PATHS.review}/bulk?lang=${lang}">
      ${draft === null ? "" : html`<p class="problem-box" role="alert">${draft.problem}</p>`}
      <input type="hidden" name="submission" value="${submission}" />
      <div class="field">
        <label for="bulk-rule">${words.bulkRule}</label>
        <select id="bulk-rule" name="rule">
          <option value="">${words.everyRule}</option>
          ${rules.map(
            ({ rule }) =>
              html`<option value="${rule}" ${rule === chosen ? html`selected` : ""}>
                ${rule} ${RULE_TITLES[rule][lang]}
              </option>`,
          )}
        </select>
        <span class="hint">${words.bulkHint}</span>
      </div>
      <div class="decision">
        ${reasonField("reason-bulk", draft, lang)}
        <button class="main-button" name="verdict" value="accept">
          ${secondApproval ? words.propose : words.accept}
        </button>
        <button class="second-button" name="verdict" value="refuse">${words.refuse}</button>
      </div>
    </form>
  </section>`;
}

function reasonField(id: string, draft: DecisionDraft | null, lang: Lang): Html {
  return html`<div class="field">
    <label for="${id}">${REVIEW_WORDS[lang].reason}</label>
    <input id="${id}" name="reason" maxlength="200" required value="${draft?.reason ?? ""}" />
  </div>`;
}
