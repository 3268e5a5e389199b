import { HTTPS_GRADES, READINESS_LEVELS } from "../domain/readiness.ts";
import type { ComplianceReport } from "./compliance-report.ts";
import type { SharePair } from "./compliance-shares.ts";
import { headLines, nameIn, VERDICT_TONE } from "./compliance-sheet.ts";
import { gradeWords, levelWords } from "./compliance-texts.ts";
import { CRITERIA, REPORT_WORDS, type ReportLang } from "./compliance-words.ts";
import type { SheetCell, SheetPlan } from "./xlsx.ts";

/** Agencies, one per row: portals by level and grade, and what each requirement comes to over all of them. */
export function agenciesSheet(report: ComplianceReport, lang: ReportLang): SheetPlan {
  const words = REPORT_WORDS[lang];
  const known = new Set(report.agencies.flatMap((row) => row.requirements.map(({ id }) => id)));
  const shown = report.requirements.filter(
    ({ id, evidence }) => evidence.by !== "nothing" && known.has(id),
  );
  const count = (header: string) => ({ header, width: 8, as: "count" }) as const;
  return {
    name: words.sheets.agencies,
    lines: headLines(report, lang),
    columns: [
      { header: words.columns.number, width: 6, as: "count" },
      { header: words.columns.agency, width: 36 },
      { ...count(words.columns.counted), width: 10 },
      { ...count(words.columns.redirected), width: 12 },
      ...READINESS_LEVELS.map(count),
      ...HTTPS_GRADES.map((grade) => count(`HTTPS ${grade}`)),
      ...shown.map(({ document_number: number, id }) => ({
        header: `${number} (${id})`,
        width: 18,
      })),
    ],
    rows: report.agencies.map((row, index) => [
      index + 1,
      nameIn(lang, row),
      row.portals.counted,
      row.portals.redirected,
      ...READINESS_LEVELS.map((level) => row.levels[level]),
      ...HTTPS_GRADES.map((grade) => row.grades[grade]),
      ...shown.map(({ id }): SheetCell => {
        const verdict = row.requirements.find((one) => one.id === id)?.verdict ?? "unknown";
        return { value: words.verdicts[verdict], tone: VERDICT_TONE[verdict] };
      }),
    ]),
  };
}

/** Every yardstick with its share of portals and of agencies side by side, numerators and denominators written out. */
export function sharesSheet(report: ComplianceReport, lang: ReportLang): SheetPlan {
  const words = REPORT_WORDS[lang];
  const { columns } = words;
  const titles = new Map(report.requirements.map((row) => [row.id, row]));
  return {
    name: words.sheets.shares,
    lines: headLines(report, lang),
    columns: [
      { header: columns.yardstick, width: 60 },
      ...(["portals", "agencies"] as const).flatMap((what) => [
        { header: columns[`${what}Passed`], width: 12, as: "count" } as const,
        { header: columns[`${what}Of`], width: 14, as: "count" } as const,
        { header: columns[`${what}Share`], width: 12, as: "ratio" } as const,
        { header: columns[`${what}Unknown`], width: 14, as: "count" } as const,
      ]),
    ],
    rows: [
      ...report.shares.ladder.map((step) => [
        `≥ ${levelWords(step.at_least, lang)} (${CRITERIA[lang]})`,
        ...shareCells(step),
      ]),
      ...report.shares.https.map((step) => [
        `≥ ${gradeWords(step.at_least, lang)} (${CRITERIA[lang]})`,
        ...shareCells(step),
      ]),
      ...report.shares.requirements.flatMap((share) => {
        const requirement = titles.get(share.id);
        if (requirement === undefined || requirement.evidence.by === "nothing") return [];
        const text = lang === "en" ? requirement.text_en : requirement.text_vi;
        return [[`${requirement.document_number}: ${text}`, ...shareCells(share)]];
      }),
    ],
  };
}

function shareCells(pair: SharePair): SheetCell[] {
  return [pair.portals, pair.agencies].flatMap(({ numerator, denominator, unknown }) => [
    numerator,
    denominator,
    denominator === 0 ? null : numerator / denominator,
    unknown,
  ]);
}
