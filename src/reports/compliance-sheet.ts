import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import type { RequirementVerdict } from "../domain/requirement.ts";
import type { ComplianceReport } from "./compliance-report.ts";
import { MADE_UP, REPORT_WORDS, type ReportLang } from "./compliance-words.ts";
import type { Tone } from "./xlsx.ts";
import { clockIn, dayIn } from "./zone-day.ts";

/** What stands above the header of every sheet: what it is, of which day and by whose measure, and that it is made up. */
export function headLines(report: ComplianceReport, lang: ReportLang): string[] {
  const words = REPORT_WORDS[lang];
  return [
    words.title,
    words.asOf(report.day),
    ...(report.madeUp ? [MADE_UP[lang]] : []),
    words.unknownNote,
  ];
}

/** The day of an instant in the report's zone, as a date of the sheet. */
export function dayCell(report: ComplianceReport, instant: string | null): Date | null {
  return instant === null
    ? null
    : new Date(`${dayIn(report.timezone, Date.parse(instant))}T00:00:00Z`);
}

/** A calendar day as a date of the sheet. */
export function dateCell(day: string | null): Date | null {
  return day === null ? null : new Date(`${day}T00:00:00Z`);
}

/** An instant as the clocks of the report's zone show it. */
export function timeCell(report: ComplianceReport, instant: string | null): Date | null {
  return instant === null ? null : new Date(clockIn(report.timezone, Date.parse(instant)));
}

/** A name in the report's language, the Vietnamese one where there is no other. */
export function nameIn(
  lang: ReportLang,
  { name_vi: vi, name_en: en }: { readonly name_vi: string; readonly name_en?: string | null },
): string {
  return lang === "en" ? (en ?? vi) : vi;
}

export const LEVEL_TONE: Readonly<Record<ReadinessLevel, Tone>> = {
  U: "unknown",
  LX: "bad",
  L0: "bad",
  L1: "fair",
  L2: "fair",
  L3: "fair",
  L4: "good",
  L5: "good",
};

export const GRADE_TONE: Readonly<Record<HttpsGrade, Tone>> = {
  A: "good",
  B: "good",
  C: "fair",
  D: "bad",
  E: "bad",
  U: "unknown",
};

export const VERDICT_TONE: Readonly<Record<RequirementVerdict, Tone | null>> = {
  met: "good",
  not_met: "bad",
  unknown: "unknown",
  not_applicable: null,
};
