import type { ComplianceDiffRow } from "../../reports/compliance-diff.ts";
import { complianceReport, type ReportRequest } from "../../reports/compliance-report.ts";
import { listedPortals } from "../../reports/compliance-groups.ts";
import type { ComplianceView } from "../../reports/compliance-view.ts";
import type { ReportLang } from "../../reports/compliance-words.ts";
import { complianceWorkbook } from "../../reports/compliance-workbook.ts";
import type { AppDeps } from "../deps.ts";
import { Problem } from "../problem.ts";
import type { Visible } from "./visible.ts";

/** More portals make a file that no spreadsheet handles well, with findings by the hundred thousand. */
const MAX_PORTALS = 5000;

/** The whole report as XLSX, as far as this viewer may see it. Throws 400 where that would be too much. */
export async function workbookOf(
  deps: AppDeps,
  view: ComplianceView,
  request: Omit<ReportRequest, "madeUp">,
  visible: Visible,
  lang: ReportLang,
  changes?: { readonly since: string; readonly rows: readonly ComplianceDiffRow[] },
): Promise<Uint8Array> {
  const portals = await listedPortals(deps.db, view, request.filter);
  if (portals > MAX_PORTALS) {
    throw new Problem(
      400,
      `${portals} portals are too many for one XLSX file (at most ${MAX_PORTALS}): narrow the list, for instance by agency or province, or take format=csv.`,
    );
  }
  const report = await complianceReport(deps.db, view, {
    ...request,
    madeUp: deps.config.madeUp,
  });
  const shown = visible.report(report);
  return complianceWorkbook(changes === undefined ? shown : { ...shown, changes }, lang);
}
