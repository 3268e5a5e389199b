import { complianceColumns, complianceCsvRow } from "../../reports/compliance-csv.ts";
import type { ComplianceReport } from "../../reports/compliance-report.ts";
import { CRITERIA, type ReportLang } from "../../reports/compliance-words.ts";
import { complianceWorkbook } from "../../reports/compliance-workbook.ts";
import { toCsv } from "../../reports/csv.ts";
import { complianceDocument } from "../../web/compliance/document.ts";

/** The forms that a report can be asked for. */
export const REPORT_FORMATS = ["json", "csv", "xlsx", "html"] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** Writes a whole report in one form, for people or programs of one language. */
type Renderer = (report: ComplianceReport, lang: ReportLang) => Promise<Uint8Array>;

/** How each form is written; the one place where a new form is added. */
export const RENDERERS: Readonly<Record<ReportFormat, Renderer>> = {
  json: async (report, lang) =>
    Buffer.from(`${JSON.stringify({ criteria: CRITERIA[lang], ...jsonOf(report) })}\n`),
  csv: async (report, lang) => {
    const rows = report.portals.map((row) => complianceCsvRow(row, lang, report.madeUp));
    const columns = complianceColumns(report.requirements, report.problems !== null);
    const csv = toCsv(columns, eachOf(rows));
    return new Uint8Array(await new Response(csv).arrayBuffer());
  },
  xlsx: complianceWorkbook,
  html: async (report, lang) => Buffer.from(complianceDocument(report, lang)),
};

/** The report with the names that the API uses. */
function jsonOf({ madeUp, day, portals, ...rest }: ComplianceReport) {
  return { made_up: madeUp, as_of: day, ...rest, items: portals };
}

async function* eachOf<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}
