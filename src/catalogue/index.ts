import type { Cause, CheckId, Verdict } from "../domain/finding.ts";
import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import { CAUSE_LABELS, CRITERIA_LABEL, GRADES, LEVELS, VERDICT_LABELS } from "./labels.ts";
import { CHECK_TEXTS } from "./texts/all.ts";
import { COMMON_TEXTS } from "./texts/common.ts";
import type { Lang, Said } from "./text.ts";

export type { Lang } from "./text.ts";

/** What a check is called and what it tests. */
export function checkTexts(check: CheckId, lang: Lang): { title: string; about: string } {
  const { title, about } = CHECK_TEXTS[check];
  return { title: title[lang], about: about[lang] };
}

/**
 * What a reason says and what to do about it; `mend` is null where nobody has to do anything. A reason that the
 * catalogue does not know (of an older rule set) is given as it is, in words.
 */
export function reasonTexts(
  check: CheckId,
  reason: string,
  lang: Lang,
): { says: string; mend: string | null } {
  const own: Readonly<Record<string, Said>> = CHECK_TEXTS[check].reasons;
  const common: Readonly<Record<string, Said>> = COMMON_TEXTS;
  const found = entryOf(own, reason) ?? entryOf(common, reason);
  if (!found) return { says: reason.replaceAll("_", " "), mend: null };
  return { says: found.says[lang], mend: found.mend?.[lang] ?? null };
}

/** The name of a readiness level, by this system's criteria. */
export function levelText(level: ReadinessLevel, lang: Lang): string {
  return LEVELS[level].name[lang];
}

/** What a readiness level means, in a sentence. */
export function levelMeaning(level: ReadinessLevel, lang: Lang): string {
  return LEVELS[level].means[lang];
}

/** The name of an HTTPS grade, by this system's criteria. */
export function gradeText(grade: HttpsGrade, lang: Lang): string {
  return GRADES[grade].name[lang];
}

/** What an HTTPS grade means, in a sentence. */
export function gradeMeaning(grade: HttpsGrade, lang: Lang): string {
  return GRADES[grade].means[lang];
}

/** A verdict in words. */
export function verdictText(verdict: Verdict, lang: Lang): string {
  return VERDICT_LABELS[verdict][lang];
}

/** What has to be mended: its kind and its name. */
export function causeText({ kind, name }: Cause, lang: Lang): string {
  return `${CAUSE_LABELS[kind][lang]}: ${name}`;
}

/** "By this system's criteria", to stand beside every level and grade. */
export function criteriaText(lang: Lang): string {
  return CRITERIA_LABEL[lang];
}

function entryOf(texts: Readonly<Record<string, Said>>, reason: string): Said | undefined {
  return Object.hasOwn(texts, reason) ? texts[reason] : undefined;
}
