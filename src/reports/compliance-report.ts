import type { Day } from "../domain/calendar.ts";
import type { Database } from "../store/database.ts";
import { complianceList, type CompliancePosition } from "./compliance.ts";
import {
  type AgencyCompliancePosition,
  type AgencyComplianceRow,
  complianceAgencies,
} from "./compliance-agencies.ts";
import type { ComplianceDiffRow } from "./compliance-diff.ts";
import type { ComplianceFilter } from "./compliance-filter.ts";
import { complianceShares } from "./compliance-groups.ts";
import { complianceProblems, type PortalProblem } from "./compliance-problems.ts";
import { listRequirements, type RequirementRow } from "./compliance-requirements.ts";
import type { ComplianceRow, PublicComplianceRow } from "./compliance-row.ts";
import type { ComplianceShares } from "./compliance-shares.ts";
import type { ComplianceSort, SortOrder } from "./compliance-sort.ts";
import { type ComplianceView, momentOf } from "./compliance-view.ts";
import type { Page, PageRequest } from "./page.ts";

/** Everything that one report of compliance says. */
export interface ComplianceReport {
  readonly day: Day;
  /** Name of the vantage point that the audits were made from. */
  readonly vantage: string;
  /** IANA name of the zone that its days are of. */
  readonly timezone: string;
  readonly portals: readonly (ComplianceRow | PublicComplianceRow)[];
  readonly agencies: readonly AgencyComplianceRow[];
  readonly shares: ComplianceShares;
  readonly requirements: readonly RequirementRow[];
  /** Null where the reader may not see findings. */
  readonly problems: readonly PortalProblem[] | null;
  /** What changed since another day, where that was asked for. */
  readonly changes?: { readonly since: Day; readonly rows: readonly ComplianceDiffRow[] };
  readonly madeUp: boolean;
}

/** Which report: `agencies` and `shares` are over all portals that the filter lets through. */
export interface ReportRequest {
  readonly filter: ComplianceFilter;
  readonly sort: ComplianceSort;
  readonly order: SortOrder;
  /** Whether nothing that it holds is measured. */
  readonly madeUp: boolean;
}

/** Rows that are read at a time. */
const CHUNK = 500;

/** The whole report as of a day; throws nothing for a filter that finds nothing. */
export async function complianceReport(
  db: Database,
  view: ComplianceView,
  { filter, sort, order, madeUp }: ReportRequest,
): Promise<ComplianceReport> {
  const { day } = momentOf(view);
  const portals = await everyRow<ComplianceRow, CompliancePosition>((page) =>
    complianceList(db, view, filter, { ...page, sort, order }),
  );
  const agencies = await everyRow<AgencyComplianceRow, AgencyCompliancePosition>((page) =>
    complianceAgencies(db, view, filter, page),
  );
  return {
    day,
    vantage: view.vantage,
    timezone: view.timezone,
    portals,
    agencies,
    shares: await complianceShares(db, view, filter),
    requirements: await listRequirements(db, day),
    problems: await complianceProblems(db, view, filter),
    madeUp: madeUp || portals.some((portal) => portal.made_up),
  };
}

/** All rows of a list, page by page. */
export async function everyRow<Row, Position>(
  read: (page: PageRequest<Position>) => Promise<Page<Row, Position>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  let after: Position | null = null;
  do {
    const page: Page<Row, Position> = await read({ limit: CHUNK, after });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null);
  return rows;
}
