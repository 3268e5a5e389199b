import type { ComplianceReport } from "./compliance-report.ts";
import { definitionsSheet } from "./compliance-sheet-definitions.ts";
import { agenciesSheet, sharesSheet } from "./compliance-sheet-agencies.ts";
import { changesSheet, findingsSheet } from "./compliance-sheet-findings.ts";
import { portalsSheet } from "./compliance-sheet-portals.ts";
import { CRITERIA, MADE_UP, REPORT_WORDS, type ReportLang } from "./compliance-words.ts";
import { type SheetPlan, toXlsx } from "./xlsx.ts";

/** Each agency gets a sheet of its own up to this many; beyond, nobody finds one among the tabs: the filter does. */
const AGENCY_SHEETS = 12;

/**
 * The report as an XLSX file: what changed where that was asked for, portals, agencies, shares, findings, a sheet per
 * agency where there are a few, definitions and legal basis.
 */
export function complianceWorkbook(
  report: ComplianceReport,
  lang: ReportLang,
): Promise<Uint8Array> {
  const words = REPORT_WORDS[lang];
  return toXlsx(complianceSheets(report, lang), {
    title: `${words.title}, ${words.asOf(report.day)}`,
    description: [CRITERIA[lang], ...(report.madeUp ? [MADE_UP[lang]] : [])].join(". "),
    created: new Date(`${report.day}T00:00:00Z`),
  });
}

function complianceSheets(report: ComplianceReport, lang: ReportLang): SheetPlan[] {
  const words = REPORT_WORDS[lang];
  const several = report.agencies.length > 1 && report.agencies.length <= AGENCY_SHEETS;
  return [
    ...changesSheet(report, lang),
    portalsSheet(words.sheets.portals, report, report.portals, lang),
    agenciesSheet(report, lang),
    sharesSheet(report, lang),
    ...findingsSheet(report, lang),
    ...(several
      ? report.agencies.map((agency) =>
          portalsSheet(
            lang === "en" ? (agency.name_en ?? agency.name_vi) : agency.name_vi,
            report,
            report.portals.filter((portal) => portal.agency.id === agency.id),
            lang,
          ),
        )
      : []),
    definitionsSheet(report, lang),
  ];
}
