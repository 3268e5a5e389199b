import type { ComplianceRow, PublicComplianceRow } from "./compliance-row.ts";
import type { RequirementRow } from "./compliance-requirements.ts";
import { gradeWords, levelWords, problemLine, standingNotes } from "./compliance-texts.ts";
import { CRITERIA, MADE_UP, REPORT_WORDS, type ReportLang } from "./compliance-words.ts";

const FIRST = [
  "id",
  "url",
  "host",
  "name_vi",
  "name_en",
  "kind",
  "agency.id",
  "agency.name_vi",
  "province.code",
  "province.name_vi",
  "lifecycle",
  "scope",
  "level",
  "level_text",
  "level_since",
  "provisional_days",
  "grade",
  "grade_text",
  "grade_since",
  "since",
  "flapping",
  "stale",
  "note",
  "last_audit.id",
  "last_audit.at",
];

const FINDINGS = ["findings.fail", "findings.warn", "findings.unknown", "problems"];

/** Columns of the list as CSV: one per requirement that is shown, and what the levels and grades stand on. */
export function complianceColumns(
  requirements: readonly RequirementRow[],
  withFindings: boolean,
): string[] {
  return [
    ...FIRST,
    ...(withFindings ? FINDINGS : []),
    ...requirements
      .filter(({ subject }) => subject === "portal")
      .map(({ id }) => `requirement.${id}`),
    "criteria",
    "made_up",
  ];
}

/** A portal of the list as its columns want it, with words in one language. */
export function complianceCsvRow(
  row: ComplianceRow | PublicComplianceRow,
  lang: ReportLang,
  madeUp: boolean,
): object {
  const { verdicts } = REPORT_WORDS[lang];
  const results = row.requirements.map(({ id, verdict }) => [id, verdicts[verdict]]);
  return {
    ...row,
    level_text: levelWords(row.level, lang),
    grade_text: gradeWords(row.grade, lang),
    note: standingNotes(row, lang),
    problems:
      "problems" in row ? row.problems.map((problem) => problemLine(problem, lang)).join("; ") : "",
    requirement: Object.fromEntries(results),
    criteria: CRITERIA[lang],
    made_up: madeUp || row.made_up ? MADE_UP[lang] : "",
  };
}
