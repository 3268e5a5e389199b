import {
  causeText,
  checkTexts,
  gradeText,
  levelText,
  reasonTexts,
  verdictText,
} from "../catalogue/index.ts";
import type { Cause, CheckId, Verdict } from "../domain/finding.ts";
import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import type { ComplianceRow, ProblemRow } from "./compliance-row.ts";
import { REPORT_WORDS, type ReportLang } from "./compliance-words.ts";

/** `L4 – …`: the level and its name. */
export function levelWords(level: ReadinessLevel, lang: ReportLang): string {
  return `${level} – ${levelText(level, lang)}`;
}

/** `A – …`: the grade and its name. */
export function gradeWords(grade: HttpsGrade, lang: ReportLang): string {
  return `${grade} – ${gradeText(grade, lang)}`;
}

/** What there is to say of a standing beside level and grade; empty if nothing. */
export function standingNotes(
  row: Pick<ComplianceRow, "provisional_days" | "flapping" | "stale">,
  lang: ReportLang,
): string {
  const words = REPORT_WORDS[lang];
  return [
    ...(row.provisional_days === null ? [] : [words.provisional(row.provisional_days)]),
    ...(row.flapping ? [words.flapping] : []),
    ...(row.stale ? [words.stale] : []),
  ].join("; ");
}

/** A finding in one line: check, family, and what was found. */
export function problemLine(problem: ProblemRow, lang: ReportLang): string {
  const { check, family, verdict, reason } = problem;
  const over = family === null ? "" : ` ${REPORT_WORDS[lang].families[family]}`;
  return `${check}${over} (${verdictText(verdict, lang)}): ${reasonTexts(check, reason, lang).says}`;
}

/** A finding in words: the check's title, the verdict, what was found, and what to do about it. */
export function findingTexts(
  {
    check,
    verdict,
    reason,
  }: { readonly check: CheckId; readonly verdict: Verdict; readonly reason: string },
  lang: ReportLang,
): { title: string; verdict: string; says: string; mend: string | null } {
  const { says, mend } = reasonTexts(check, reason, lang);
  return { title: checkTexts(check, lang).title, verdict: verdictText(verdict, lang), says, mend };
}

/** The things that have to change, one per line. */
export function causeLines(causes: readonly Cause[], lang: ReportLang): string {
  return causes.map((cause) => causeText(cause, lang)).join("\n");
}
