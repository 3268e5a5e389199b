import type { RequirementRow } from "../../reports/compliance-requirements.ts";
import type { Lang } from "../lang.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** A requirement in a few words: its document, and what of it is looked at here. */
export function requirementLabel(
  { document_number: number, evidence }: RequirementRow,
  lang: Lang,
): string {
  return `${number} (${evidenceWords(evidence, lang)})`;
}

/** What shows whether a requirement is met. */
export function evidenceWords(evidence: RequirementRow["evidence"], lang: Lang): string {
  const words = COMPLIANCE_WORDS[lang];
  switch (evidence.by) {
    case "level":
      return words.atLeastLevel(evidence.atLeast);
    case "grade":
      return words.atLeastGrade(evidence.atLeast);
    case "checks":
      return words.checks(evidence.checks.join(", "));
    case "plan":
      return evidence.state === "issued" ? words.planIssued : words.planFulfilled;
    case "nothing":
      return words.notMeasured;
  }
}

/** What a requirement says, in our words. */
export function requirementText({ text_vi: vi, text_en: en }: RequirementRow, lang: Lang): string {
  return lang === "vi" ? vi : en;
}
