import { addDays, addMonths, type Day } from "../domain/calendar.ts";
import type { Database } from "../store/database.ts";
import { type AgencyOwner, findAgencyOwner } from "./agency-owner.ts";
import {
  complianceDiff,
  type ComplianceDiffPosition,
  type ComplianceDiffRow,
} from "./compliance-diff.ts";
import { complianceReport, type ComplianceReport, everyRow } from "./compliance-report.ts";
import type { ComplianceView } from "./compliance-view.ts";

/** One month of one agency: the report as of its last day, with what changed in it. */
export interface Digest {
  readonly agency: AgencyOwner;
  /** The first day of the month. */
  readonly month: Day;
  readonly report: ComplianceReport & Required<Pick<ComplianceReport, "changes">>;
}

/** The digest of an agency for the month that begins on this day; null for an unknown agency. */
export async function monthlyDigest(
  db: Database,
  view: Omit<ComplianceView, "asOf">,
  wanted: { readonly agency: string; readonly month: Day; readonly madeUp: boolean },
): Promise<Digest | null> {
  const agency = await findAgencyOwner(db, wanted.agency);
  if (agency === null) return null;
  const filter = { agency: agency.id };
  const days = { from: addDays(wanted.month, -1), to: addDays(addMonths(wanted.month, 1), -1) };
  const report = await complianceReport(
    db,
    { ...view, asOf: days.to },
    { filter, sort: "level", order: "asc", madeUp: wanted.madeUp },
  );
  const rows = await everyRow<ComplianceDiffRow, ComplianceDiffPosition>((page) =>
    complianceDiff(db, view, days, filter, page),
  );
  return {
    agency,
    month: wanted.month,
    report: { ...report, changes: { since: days.from, rows } },
  };
}
