import { UsageError } from "../domain/usage-error.ts";
import {
  REPORT_FORMATS,
  type ReportFormat,
  rendererOf,
} from "../http/compliance/report-formats.ts";
import { complianceReport } from "../reports/compliance-report.ts";
import type { ComplianceView } from "../reports/compliance-view.ts";
import type { ReportLang } from "../reports/compliance-words.ts";
import { dayIn } from "../reports/zone-day.ts";
import { agencyExists } from "../reports/agency-exists.ts";
import type { CommandContext, DatabaseCommand, ExitCode } from "./command.ts";

/** Writes the compliance list, in full: whoever holds the machine sees everything. Into the output file, or on stdout. */
export const reportComplianceCommand: DatabaseCommand = (context) =>
  reportCompliance(context, Date.now());

/** The same as of an instant, milliseconds since the epoch. */
export async function reportCompliance(
  { db, config, args, output }: CommandContext,
  now: number,
): Promise<ExitCode> {
  const { agency, format, lang, asOf, file } = readArguments(args);
  const render = rendererOf(format);
  if (render === null) throw new UsageError(`The report cannot be had as ${format} yet.`);
  if (format === "xlsx" && file === null) {
    throw new UsageError("XLSX is no text: name a file with -o, e.g. -o report.xlsx.");
  }
  if (asOf !== null && asOf > dayIn(config.reportTimezone, now)) {
    throw new UsageError(`--as-of ${asOf} has not come yet.`);
  }
  if (agency !== null && !(await agencyExists(db, agency))) {
    throw new UsageError(
      `There is no agency "${agency}". Its id is in /api/v1/agencies, e.g. province-01.`,
    );
  }
  const view: ComplianceView = {
    vantage: config.vantageName,
    now,
    intervalMs: config.probeIntervalMs,
    timezone: config.reportTimezone,
    asOf,
  };
  const report = await complianceReport(db, view, {
    filter: agency === null ? {} : { agency },
    sort: "agency",
    order: "asc",
    madeUp: config.madeUp,
  });
  const bytes = await render(report, lang);
  if (file === null) output.out(Buffer.from(bytes).toString("utf8").trimEnd());
  else await output.data(bytes);
  output.err(
    `${report.portals.length} portals of ${report.agencies.length} agencies as of ${report.day}${file === null ? "" : `, written to ${file}`}.`,
  );
  return 0;
}

function readArguments(args: CommandContext["args"]) {
  const text = (name: string) => (typeof args[name] === "string" ? args[name] : null);
  const file = text("output");
  const ending = REPORT_FORMATS.find((format) => file?.toLowerCase().endsWith(`.${format}`));
  return {
    file,
    agency: text("agency"),
    asOf: text("asOf"),
    format: (text("format") ?? ending ?? "csv") as ReportFormat,
    lang: (text("lang") ?? "vi") as ReportLang,
  };
}
