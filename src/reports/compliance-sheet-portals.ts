import type { ComplianceReport } from "./compliance-report.ts";
import type { ComplianceRow, PublicComplianceRow } from "./compliance-row.ts";
import {
  dayCell,
  GRADE_TONE,
  headLines,
  LEVEL_TONE,
  nameIn,
  timeCell,
  VERDICT_TONE,
} from "./compliance-sheet.ts";
import { gradeWords, levelWords, problemLine, standingNotes } from "./compliance-texts.ts";
import { REPORT_WORDS, type ReportLang } from "./compliance-words.ts";
import type { SheetCell, SheetColumn, SheetPlan } from "./xlsx.ts";

/** Portals, one per row, with a column for each requirement that anything here can evidence. */
export function portalsSheet(
  name: string,
  report: ComplianceReport,
  portals: readonly (ComplianceRow | PublicComplianceRow)[],
  lang: ReportLang,
): SheetPlan {
  const shown = judgedRequirements(report, portals);
  return {
    name,
    lines: headLines(report, lang),
    columns: [
      ...standingColumns(lang),
      ...(report.problems === null ? [] : findingColumns(lang)),
      ...shown.map((requirement) => ({ header: requirement.header, width: 16 })),
    ],
    rows: portals.map((row, index) => [
      index + 1,
      ...standingCells(report, row, lang),
      ...(report.problems === null ? [] : findingCells(row, lang)),
      ...shown.map(({ id }): SheetCell => {
        const result = row.requirements.find((one) => one.id === id);
        const verdict = result?.verdict ?? "unknown";
        return { value: REPORT_WORDS[lang].verdicts[verdict], tone: VERDICT_TONE[verdict] };
      }),
    ]),
  };
}

/** Requirements on portals that are shown in these rows and that something can evidence. */
function judgedRequirements(
  { requirements }: ComplianceReport,
  portals: readonly PublicComplianceRow[],
) {
  const known = new Set(portals.flatMap((row) => row.requirements.map(({ id }) => id)));
  return requirements
    .filter(({ id, evidence }) => evidence.by !== "nothing" && known.has(id))
    .map(({ id, document_number: number, article, evidence }) => ({
      id,
      header: [number, article, evidenceCode(evidence)].filter((part) => part !== null).join(" · "),
    }));
}

/** What a requirement goes by, in short: `≥ L4`, `D5`. */
function evidenceCode(evidence: ComplianceReport["requirements"][number]["evidence"]) {
  if (evidence.by === "checks") return evidence.checks.join(", ");
  return evidence.by === "level" || evidence.by === "grade" ? `≥ ${evidence.atLeast}` : null;
}

function standingColumns(lang: ReportLang): SheetColumn[] {
  const { columns } = REPORT_WORDS[lang];
  return [
    { header: columns.number, width: 6, as: "count" },
    { header: columns.agency, width: 28 },
    { header: columns.portal, width: 34 },
    { header: columns.url, width: 34 },
    { header: columns.kind, width: 20 },
    { header: columns.province, width: 16 },
    { header: columns.level, width: 26 },
    { header: columns.levelSince, width: 12, as: "day" },
    { header: columns.grade, width: 26 },
    { header: columns.gradeSince, width: 12, as: "day" },
    { header: columns.note, width: 22 },
    { header: columns.scope, width: 12 },
    { header: columns.lastAudit, width: 17, as: "time" },
  ];
}

function standingCells(
  report: ComplianceReport,
  row: PublicComplianceRow,
  lang: ReportLang,
): SheetCell[] {
  const words = REPORT_WORDS[lang];
  return [
    nameIn(lang, row.agency),
    nameIn(lang, row),
    row.url,
    words.kinds[row.kind],
    row.province?.name_vi ?? null,
    { value: levelWords(row.level, lang), tone: LEVEL_TONE[row.level] },
    dayCell(report, row.level_since),
    { value: gradeWords(row.grade, lang), tone: GRADE_TONE[row.grade] },
    dayCell(report, row.grade_since),
    standingNotes(row, lang),
    words.scopes[row.scope],
    timeCell(report, row.last_audit?.at ?? null),
  ];
}

function findingColumns(lang: ReportLang): SheetColumn[] {
  const { columns } = REPORT_WORDS[lang];
  return [
    { header: columns.fail, width: 9, as: "count" },
    { header: columns.warn, width: 9, as: "count" },
    { header: columns.unknown, width: 9, as: "count" },
    { header: columns.problems, width: 60 },
  ];
}

function findingCells(row: ComplianceRow | PublicComplianceRow, lang: ReportLang): SheetCell[] {
  if (!("findings" in row)) return [null, null, null, null];
  return [
    row.findings.fail,
    row.findings.warn,
    row.findings.unknown,
    row.problems.map((problem) => problemLine(problem, lang)).join("\n"),
  ];
}
