import { html } from "hono/html";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { IMPORT_WORDS } from "./import-words.ts";
import { OUTCOME_TONES } from "./imports-page.ts";

/** What a file came to, in rows; `unchanged` are figures. */
export interface OutcomeCounts {
  readonly outcome: "accepted" | "held" | "refused";
  readonly accepted: number;
  readonly held: number;
  readonly refused: number;
  readonly unchanged: number;
  readonly faults: number;
}

/** The outcome in a sentence, and its counts. */
export function outcomeSection(
  counts: OutcomeCounts,
  lang: Lang,
  how: { readonly dryRun: boolean; readonly repeated: boolean },
): Html {
  const words = IMPORT_WORDS[lang];
  return html`<div class="outcome ${OUTCOME_TONES[counts.outcome]}" role="status">
      ${how.dryRun ? html`<p class="soft">${words.sentence.dryRun}</p>` : ""}
      ${how.repeated ? html`<p class="soft">${words.sentence.repeated}</p>` : ""}
      <p>${sentenceOf(counts, lang)}</p>
    </div>
    <dl class="tallies">
      ${(["accepted", "held", "refused", "unchanged", "faults"] as const).map(
        (name) =>
          html`<div>
            <dt>${words.counts[name]}</dt>
            <dd>${numberText(counts[name], lang)}</dd>
          </div>`,
      )}
    </dl>`;
}

/** What became of a file, in one or two sentences. */
function sentenceOf(counts: OutcomeCounts, lang: Lang): string {
  const { sentence } = IMPORT_WORDS[lang];
  const { outcome, accepted, held, refused } = counts;
  const number = (value: number) => numberText(value, lang);
  if (outcome === "refused") return sentence.refused;
  const unchanged = accepted === 0 && held === 0 && refused === 0;
  const first = unchanged
    ? sentence.unchanged
    : outcome === "held"
      ? sentence.held(number(accepted), number(held))
      : sentence.accepted(number(accepted));
  return refused > 0 ? `${first} ${sentence.someRefused(number(refused))}` : first;
}
