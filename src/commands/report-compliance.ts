import { UsageError } from "../domain/usage-error.ts";
import { REPORT_FORMATS, type ReportFormat, RENDERERS } from "../http/compliance/report-formats.ts";
import { complianceReport } from "../reports/compliance-report.ts";
import type { ComplianceView } from "../reports/compliance-view.ts";
import type { ReportLang } from "../reports/compliance-words.ts";
import { dayIn } from "../reports/zone-day.ts";
import { agenciesNamed } from "../reports/agencies-named.ts";
import { agencyExists } from "../reports/agency-exists.ts";
import type { Database } from "../store/database.ts";
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
  if (format === "xlsx" && file === null) {
    throw new UsageError("XLSX is no text: name a file with -o, e.g. -o report.xlsx.");
  }
  if (asOf !== null && asOf > dayIn(config.reportTimezone, now)) {
    throw new UsageError(`--as-of ${asOf} has not come yet.`);
  }
  if (agency !== null && !(await agencyExists(db, agency))) {
    throw new UsageError(`There is no agency "${agency}". ${await hint(db, agency)}`);
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
  const bytes = await RENDERERS[format](report, lang);
  if (file === null) output.out(Buffer.from(bytes).toString("utf8").trimEnd());
  else await output.data(bytes);
  output.err(
    `${report.portals.length} portals of ${report.agencies.length} agencies as of ${report.day}${file === null ? "" : `, written to ${file}`}.`,
  );
  return 0;
}

/** What may have been meant by a text that is no agency's id. */
async function hint(db: Database, text: string): Promise<string> {
  const named = await agenciesNamed(db, text);
  if (named.length === 0) return "The ids are in /api/v1/agencies, e.g. province-01.";
  return `Was it ${named.map(({ id, name_vi }) => `${id} (${name_vi})`).join(", or ")}?`;
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
