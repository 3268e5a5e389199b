import { html } from "hono/html";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText, percentText } from "../number-text.ts";
import { FIGURE_WORDS } from "./words.ts";

type Value = Pick<CoverageSum, "numerator" | "denominator" | "ratio">;

/** A ratio in percent, a count where there is no ratio, or that there is nothing. */
export function valueText({ ratio, numerator }: Omit<Value, "denominator">, lang: Lang): string {
  if (ratio !== null) return percentText(ratio, lang);
  return numerator === null ? FIGURE_WORDS[lang].noData : numberText(numerator, lang);
}

/** `20.810.000/27.060.000`; empty where there are no counts. */
export function countsText({ numerator, denominator }: Omit<Value, "ratio">, lang: Lang): string {
  if (numerator === null) return "";
  const [top, bottom] = [numerator, denominator].map((n) =>
    n === null ? "" : numberText(n, lang),
  );
  return bottom === "" ? (top ?? "") : `${top}/${bottom}`;
}

/** What the ratio can be, whatever the missing come to; empty where there is no ratio or nothing is missing. */
export function boundsText({ lower, upper, bounds }: CoverageSum, lang: Lang): string {
  if (bounds === "none" || lower === null || upper === null || lower === upper) return "";
  return `${percentText(lower, lang)} – ${percentText(upper, lang)}`;
}

/** How much of what has to report did. */
export function reportedText(sum: CoverageSum, lang: Lang): string {
  return `${numberText(sum.reported_communes, lang)}/${numberText(sum.expected_communes, lang)}`;
}

/** Why something is missing, with how often. */
export function missingText({ missing }: CoverageSum, lang: Lang): string {
  const { reasons } = FIGURE_WORDS[lang];
  return (Object.entries(missing) as [keyof typeof reasons, number][])
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${reasons[reason]}: ${numberText(count, lang)}`)
    .join("; ");
}

/** A verdict with a tone of its own, so that it is not told by colour alone. */
export function verdictMark(verdict: "met" | "not_met" | "unknown", lang: Lang): Html {
  const tone = { met: "good", not_met: "bad", unknown: "unknown" }[verdict];
  return html`<span class="mark ${tone}">${FIGURE_WORDS[lang].verdicts[verdict]}</span>`;
}
