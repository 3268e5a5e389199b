import { sql } from "kysely";
import {
  HTTPS_GRADES,
  type HttpsGrade,
  READINESS_LEVELS,
  type ReadinessLevel,
} from "../domain/readiness.ts";
import { allOf, isPublicEvidence, type RequirementVerdict } from "../domain/requirement.ts";
import type { Database } from "../store/database.ts";
import { type ComplianceFilter, filteredPortals } from "./compliance-filter.ts";
import { portalGroups } from "./compliance-groups.ts";
import { type PlanFacts, planVerdict, plansOf } from "./compliance-plans.ts";
import { listRequirements, type RequirementRow } from "./compliance-requirements.ts";
import {
  countVerdicts,
  distribution,
  NO_VERDICTS,
  type PortalGroup,
  type VerdictCounts,
} from "./compliance-shares.ts";
import { type ComplianceView, momentOf } from "./compliance-view.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";

/** What one requirement comes to for an agency: over all its counted portals, or by its plans. */
export interface AgencyRequirementResult {
  readonly id: string;
  readonly verdict: RequirementVerdict;
  /** Its portals by verdict; zeros for a requirement on the agency itself. */
  readonly portals: VerdictCounts;
}

/** One agency with its portals judged together. */
export interface AgencyComplianceRow {
  readonly id: string;
  readonly name_vi: string;
  readonly name_en: string | null;
  readonly owner_type: string;
  readonly made_up: boolean;
  readonly portals: { readonly counted: number; readonly redirected: number };
  /** Counted portals by level and by grade. */
  readonly levels: Readonly<Record<ReadinessLevel, number>>;
  readonly grades: Readonly<Record<HttpsGrade, number>>;
  /** Every requirement, in order. */
  readonly requirements: readonly AgencyRequirementResult[];
}

/** The stable id of the last agency shown. */
export type AgencyCompliancePosition = readonly [string];

/** Agencies that have portals which the filter lets through, by stable id; only those portals are judged. */
export async function complianceAgencies(
  db: Database,
  view: ComplianceView,
  filter: ComplianceFilter,
  page: PageRequest<AgencyCompliancePosition>,
): Promise<Page<AgencyComplianceRow, AgencyCompliancePosition>> {
  const moment = momentOf(view);
  const requirements = await listRequirements(db, moment.day);
  const judged = requirements.filter(({ subject }) => subject === "portal");
  const context = { moment, timezone: view.timezone, requirements };
  let query = db
    .selectFrom("agency as a")
    .select(["a.id", "a.slug", "a.name_vi", "a.name_en", "a.owner_type", "a.made_up"])
    .where(
      "a.id",
      "in",
      db.selectFrom(filteredPortals(db, context, filter).as("k")).select("k.agency_id"),
    )
    .orderBy(sql`a.slug collate "C"`)
    .limit(page.limit + 1);
  if (page.after) query = query.where(sql<boolean>`a.slug collate "C" > ${page.after[0]}`);
  const { rows, next } = toPage(
    await query.execute(),
    page.limit,
    (row): AgencyCompliancePosition => [row.slug],
  );
  const ids = rows.map(({ id }) => id);
  const [groups, plans] = [
    await portalGroups(db, context, { ...filter, agencies: ids }, judged),
    await plansOf(db, ids, moment.day),
  ];
  return {
    rows: rows.map(({ id, slug, ...agency }) => {
      const own = groups.filter(({ agency_id: one }) => one === id);
      const ownPlans = plans.filter(({ agency_id: one }) => one === id);
      return {
        id: slug,
        ...agency,
        ...countsOf(own),
        requirements: requirements.map((requirement) =>
          resultOf(requirement, own, judged, ownPlans, moment.day),
        ),
      };
    }),
    next,
  };
}

function countsOf(groups: readonly PortalGroup[]) {
  const counted = groups.filter(({ redirected }) => !redirected);
  const sum = (some: readonly PortalGroup[]) =>
    some.reduce((total, { portals }) => total + portals, 0);
  return {
    portals: { counted: sum(counted), redirected: sum(groups) - sum(counted) },
    levels: distribution(READINESS_LEVELS, counted, ({ level }) => level),
    grades: distribution(HTTPS_GRADES, counted, ({ grade }) => grade),
  };
}

function resultOf(
  requirement: RequirementRow,
  groups: readonly PortalGroup[],
  judged: readonly RequirementRow[],
  plans: readonly PlanFacts[],
  on: string,
): AgencyRequirementResult {
  const { id, subject } = requirement;
  if (subject === "agency") {
    return { id, verdict: planVerdict(requirement, plans, on), portals: NO_VERDICTS };
  }
  const index = judged.indexOf(requirement);
  const portals = countVerdicts(groups, (group) => group.verdicts[index] ?? "unknown");
  return { id, verdict: allOf(portals), portals };
}

/** The row without requirements that go by findings or by an agency's papers. */
export function withoutAgencyFindings(
  row: AgencyComplianceRow,
  requirements: readonly RequirementRow[],
): AgencyComplianceRow {
  const open = new Set(
    requirements.filter(({ evidence }) => isPublicEvidence(evidence)).map(({ id }) => id),
  );
  return { ...row, requirements: row.requirements.filter(({ id }) => open.has(id)) };
}
