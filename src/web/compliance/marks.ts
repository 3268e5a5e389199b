import { html } from "hono/html";
import { gradeText, levelText, verdictText } from "../../catalogue/index.ts";
import type { Family } from "../../domain/family.ts";
import type { Verdict } from "../../domain/finding.ts";
import type { HttpsGrade, ReadinessLevel } from "../../domain/readiness.ts";
import type { RequirementVerdict } from "../../domain/requirement.ts";
import type { ComplianceRow } from "../../reports/compliance-row.ts";
import { GRADE_TONE, LEVEL_TONE, VERDICT_TONE } from "../../reports/compliance-sheet.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { instantDayText } from "../time-text.ts";
import type { Style } from "./page-facts.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** The level as a code in a colour, with its name: the colour says nothing that the words do not. */
export function levelMark(level: ReadinessLevel, lang: Lang): Html {
  return html`<span class="mark ${LEVEL_TONE[level]}">${level}</span>
    <span class="mark-name">${levelText(level, lang)}</span>`;
}

/** The grade likewise. */
export function gradeMark(grade: HttpsGrade, lang: Lang): Html {
  return html`<span class="mark ${GRADE_TONE[grade]}">${grade}</span>
    <span class="mark-name">${gradeText(grade, lang)}</span>`;
}

const SIGN_OF_VERDICT: Readonly<Record<Verdict, string>> = {
  pass: "ok",
  warn: "limit",
  fail: "fail",
  unknown: "unsure",
  not_applicable: "absent",
};

/** A verdict as a sign, a colour and a word. */
export function verdictMark(verdict: Verdict, lang: Lang): Html {
  return html`<span class="sign ${SIGN_OF_VERDICT[verdict]}">${verdictText(verdict, lang)}</span>`;
}

/** What a requirement comes to, in a colour and a word. */
export function requirementMark(verdict: RequirementVerdict, lang: Lang): Html {
  const tone = VERDICT_TONE[verdict] ?? "none";
  return html`<span class="mark ${tone}">${REPORT_WORDS[lang].verdicts[verdict]}</span>`;
}

/** Since when a value stands; nothing where that is not known. */
export function sinceMark(instant: string | null, { lang, timezone }: Style): Html | "" {
  if (instant === null) return "";
  const day = instantDayText(instant, { lang, timezone });
  return html`<span class="when"
    ><time datetime="${instant}">${COMPLIANCE_WORDS[lang].since(day)}</time></span
  >`;
}

/** What must be said beside a level and a grade: too early, changing all the time, too long ago, not counted. */
export function standingChips(
  row: Pick<ComplianceRow, "provisional_days" | "flapping" | "stale" | "scope" | "made_up">,
  lang: Lang,
): Html {
  const words = REPORT_WORDS[lang];
  const chips = [
    ...(row.provisional_days === null ? [] : [words.provisional(row.provisional_days)]),
    ...(row.flapping ? [words.flapping] : []),
    ...(row.stale ? [words.stale] : []),
    ...(row.scope === "redirected" ? [COMPLIANCE_WORDS[lang].forwards] : []),
  ];
  return html`${chips.map((text) => html`<span class="chip notable">${text}</span> `)}`;
}

/** The address family of a finding, empty for the portal as a whole. */
export function familyText(family: Family | null, lang: Lang): string {
  return family === null ? "" : REPORT_WORDS[lang].families[family];
}

/** A name in the page's language, marked as Vietnamese where it is. */
export function nameText(
  named: { readonly name_vi: string; readonly name_en?: string | null },
  lang: Lang,
): Html {
  const { name_vi: vi, name_en: en } = named;
  if (lang === "vi" || en === null || en === undefined) return html`<span lang="vi">${vi}</span>`;
  return html`<span lang="en">${en}</span>`;
}
