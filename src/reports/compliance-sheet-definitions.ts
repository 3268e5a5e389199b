import { checkTexts, gradeMeaning, levelMeaning } from "../catalogue/index.ts";
import { CHECK_IDS } from "../domain/finding.ts";
import { HTTPS_GRADES, READINESS_LEVELS } from "../domain/readiness.ts";
import type { ComplianceReport } from "./compliance-report.ts";
import type { RequirementRow } from "./compliance-requirements.ts";
import { dateCell, headLines } from "./compliance-sheet.ts";
import { gradeWords, levelWords } from "./compliance-texts.ts";
import { CRITERIA, REPORT_WORDS, type ReportLang } from "./compliance-words.ts";
import type { SheetCell, SheetPlan } from "./xlsx.ts";

/** What the words of the report mean and what they stand on: requirements with how sure they are, levels, grades, checks. */
export function definitionsSheet(report: ComplianceReport, lang: ReportLang): SheetPlan {
  const { sheets, columns, groups } = REPORT_WORDS[lang];
  const own = (group: string, code: string, name: string, text: string): SheetCell[] => [
    group,
    code,
    name,
    null,
    text,
    null,
    null,
    null,
    CRITERIA[lang],
    null,
    null,
  ];
  return {
    name: sheets.definitions,
    lines: headLines(report, lang),
    columns: [
      { header: columns.group, width: 14 },
      { header: columns.code, width: 24 },
      { header: columns.name, width: 40 },
      { header: columns.article, width: 16 },
      { header: columns.text, width: 70 },
      { header: columns.validFrom, width: 12, as: "day" },
      { header: columns.validTo, width: 12, as: "day" },
      { header: columns.force, width: 16 },
      { header: columns.certainty, width: 20 },
      { header: columns.duty, width: 14 },
      { header: columns.source, width: 40 },
    ],
    rows: [
      ...report.requirements.map((requirement) => requirementCells(requirement, lang)),
      ...READINESS_LEVELS.map((level) =>
        own(groups.level, level, levelWords(level, lang), levelMeaning(level, lang)),
      ),
      ...HTTPS_GRADES.map((grade) =>
        own(groups.grade, grade, gradeWords(grade, lang), gradeMeaning(grade, lang)),
      ),
      ...CHECK_IDS.map((check) => {
        const { title, about } = checkTexts(check, lang);
        return own(groups.check, check, title, about);
      }),
    ],
  };
}

function requirementCells(requirement: RequirementRow, lang: ReportLang): SheetCell[] {
  const { groups, forces, certainties, duties } = REPORT_WORDS[lang];
  const vi = lang === "vi";
  return [
    groups.requirement,
    requirement.document_number,
    vi ? requirement.title_vi : requirement.title_en,
    requirement.article,
    vi ? requirement.text_vi : requirement.text_en,
    dateCell(requirement.valid_from),
    dateCell(requirement.valid_to),
    // Of what nobody could verify nothing more is said.
    requirement.certainty === "unverified" ? certainties.unverified : forces[requirement.force],
    {
      value: certainties[requirement.certainty],
      tone: requirement.certainty === "unverified" ? "unknown" : null,
    },
    requirement.certainty === "unverified" ? null : duties[requirement.duty],
    requirement.source_url,
  ];
}
