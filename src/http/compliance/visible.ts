import type { Config } from "../../config.ts";
import { isPublicEvidence } from "../../domain/requirement.ts";
import {
  type AgencyComplianceRow,
  withoutAgencyFindings,
} from "../../reports/compliance-agencies.ts";
import type { ComplianceFilter } from "../../reports/compliance-filter.ts";
import type { ComplianceReport } from "../../reports/compliance-report.ts";
import type { RequirementRow } from "../../reports/compliance-requirements.ts";
import {
  type ComplianceRow,
  type PublicComplianceRow,
  withoutFindings,
} from "../../reports/compliance-row.ts";
import { type ComplianceShares, withoutFindingShares } from "../../reports/compliance-shares.ts";
import { demandRole, notCovered } from "../access/guards.ts";
import { hasRole, isUnlimited, maySeeDetails, type Viewer } from "../access/viewer.ts";

type PublicRead = Config["publicRead"];

/** What of compliance one viewer may see: levels and grades always, findings as far as their key goes. */
export interface Visible {
  /** Whether findings of anything may be seen. */
  readonly any: boolean;
  readonly row: (row: ComplianceRow) => ComplianceRow | PublicComplianceRow;
  readonly agency: (row: AgencyComplianceRow) => AgencyComplianceRow;
  readonly shares: (shares: ComplianceShares) => ComplianceShares;
  readonly report: (report: ComplianceReport) => ComplianceReport;
}

/** What this viewer may see. */
export function visibleTo(
  viewer: Viewer,
  publicRead: PublicRead,
  requirements: readonly RequirementRow[],
): Visible {
  const reader = publicRead === "all" || hasRole(viewer, "reader");
  const everything = publicRead === "all" || (reader && isUnlimited(viewer));
  const isOpen = ({ agency, province }: PublicComplianceRow) =>
    maySeeDetails(viewer, publicRead, { agency: agency.id, province: province?.code ?? null });
  const row = (one: ComplianceRow) => (isOpen(one) ? one : withoutFindings(one, requirements));
  // An agency belongs to no province here, and shares mix agencies: only who may see all of it sees these.
  const agency = (one: AgencyComplianceRow) =>
    everything || (reader && viewer.agency === one.id)
      ? one
      : withoutAgencyFindings(one, requirements);
  const shares = (all: ComplianceShares) =>
    everything ? all : withoutFindingShares(all, requirements);
  return {
    any: reader,
    row,
    agency,
    shares,
    report(report) {
      const open = new Set(report.portals.filter(isOpen).map(({ id }) => id));
      return {
        ...report,
        portals: report.portals.map((portal) => ("problems" in portal ? row(portal) : portal)),
        agencies: report.agencies.map(agency),
        shares: shares(report.shares),
        problems: reader
          ? (report.problems?.filter(({ portal }) => open.has(portal)) ?? null)
          : null,
      };
    },
  };
}

/**
 * Throws 401 or 403 for a filter that would tell what the viewer may not see: a requirement that goes by findings, of
 * portals beyond what their key is limited to.
 */
export function demandFilter(
  viewer: Viewer,
  publicRead: PublicRead,
  filter: ComplianceFilter,
  requirements: readonly RequirementRow[],
): void {
  const requirement = requirements.find(({ id }) => id === filter.requirement);
  if (requirement === undefined || publicRead === "all") return;
  if (isPublicEvidence(requirement.evidence)) return;
  demandRole(viewer, "reader");
  const { agency, province } = viewer;
  const within =
    (agency === null || filter.agency === agency) &&
    (province === null || filter.province === province);
  if (!within) throw notCovered(viewer);
}
