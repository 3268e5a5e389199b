import type { ValueChange } from "./compliance-change.ts";
import type { ComplianceReport } from "./compliance-report.ts";
import { dayCell, headLines, nameIn } from "./compliance-sheet.ts";
import { causeLines, findingTexts } from "./compliance-texts.ts";
import { REPORT_WORDS, type ReportLang } from "./compliance-words.ts";
import type { SheetPlan, Tone } from "./xlsx.ts";

/** Characters of a finding's evidence in one cell; whoever needs more asks the API for the audit's facts. */
const EVIDENCE_SHOWN = 2000;

/** Every finding of fail or warn with what to do about it; none where the reader may not see findings. */
export function findingsSheet(report: ComplianceReport, lang: ReportLang): SheetPlan[] {
  if (report.problems === null) return [];
  const words = REPORT_WORDS[lang];
  const { columns } = words;
  const portals = new Map(report.portals.map((portal) => [portal.id, portal]));
  return [
    {
      name: words.sheets.findings,
      lines: headLines(report, lang),
      columns: [
        { header: columns.agency, width: 28 },
        { header: columns.portal, width: 30 },
        { header: columns.url, width: 30 },
        { header: columns.code, width: 8 },
        { header: columns.check, width: 26 },
        { header: columns.family, width: 9 },
        { header: columns.verdict, width: 12 },
        { header: columns.says, width: 48 },
        { header: columns.mend, width: 56 },
        { header: columns.since, width: 12, as: "day" },
        { header: columns.causes, width: 34 },
        { header: columns.evidence, width: 50 },
      ],
      rows: report.problems.flatMap((problem) => {
        const portal = portals.get(problem.portal);
        if (portal === undefined) return [];
        const texts = findingTexts(problem, lang);
        return [
          [
            nameIn(lang, portal.agency),
            nameIn(lang, portal),
            portal.url,
            problem.check,
            texts.title,
            problem.family === null ? null : words.families[problem.family],
            { value: texts.verdict, tone: problem.verdict === "fail" ? "bad" : "fair" } as const,
            texts.says,
            texts.mend,
            dayCell(report, problem.since),
            causeLines(problem.causes, lang),
            JSON.stringify(problem.evidence).slice(0, EVIDENCE_SHOWN),
          ],
        ];
      }),
    },
  ];
}

const CHANGE_TONE: Readonly<Record<ValueChange | "new" | "gone", Tone | null>> = {
  improved: "good",
  worse: "bad",
  same: null,
  now_known: null,
  no_longer_known: "unknown",
  new: null,
  gone: null,
};

/** What changed since another day; none where that was not asked for. */
export function changesSheet(report: ComplianceReport, lang: ReportLang): SheetPlan[] {
  if (report.changes === undefined) return [];
  const words = REPORT_WORDS[lang];
  const { columns } = words;
  return [
    {
      name: words.sheets.changes,
      lines: [...headLines(report, lang), `${report.changes.since} → ${report.day}`],
      columns: [
        { header: columns.agency, width: 28 },
        { header: columns.portal, width: 34 },
        { header: columns.url, width: 34 },
        { header: columns.change, width: 20 },
        ...[columns.level, columns.grade].flatMap((what) => [
          { header: `${what}: ${columns.from}`, width: 12 },
          { header: `${what}: ${columns.to}`, width: 12 },
        ]),
        { header: columns.because, width: 60 },
      ],
      rows: report.changes.rows.map((row) => [
        nameIn(lang, row.agency),
        nameIn(lang, row),
        row.url,
        { value: words.changes[row.change], tone: CHANGE_TONE[row.change] },
        row.level.from,
        row.level.to,
        row.grade.from,
        row.grade.to,
        row.because
          .map(({ check, family, from, to }) => {
            const over = family === null ? "" : ` ${words.families[family]}`;
            return `${check}${over}: ${from?.verdict ?? "–"} → ${to?.verdict ?? "–"}`;
          })
          .join("\n"),
      ]),
    },
  ];
}
