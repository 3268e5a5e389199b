import { sql } from "kysely";
import type { RequirementVerdict } from "../domain/requirement.ts";
import type { Database } from "../store/database.ts";
import { type ComplianceFilter, type FilterContext, filteredPortals } from "./compliance-filter.ts";
import { scopeSql } from "./compliance-scope.ts";
import { sharesOf, type ComplianceShares, type PortalGroup } from "./compliance-shares.ts";
import { listRequirements, type RequirementRow } from "./compliance-requirements.ts";
import { verdictSql } from "./compliance-verdict.ts";
import { type ComplianceView, momentOf } from "./compliance-view.ts";

/** The portals that a filter lets through, counted by agency and by everything that shares are made of. */
export async function portalGroups(
  db: Database,
  context: FilterContext,
  filter: ComplianceFilter,
  judged: readonly RequirementRow[],
): Promise<PortalGroup[]> {
  const verdicts = judged.map((requirement) => verdictSql(requirement, context.moment, "c"));
  const rows = await db
    .with("k", () => filteredPortals(db, context, filter))
    .with(
      (name) => name("c").materialized(),
      (qb) => qb.selectFrom("k").selectAll("k").select(scopeSql("k").as("scope")),
    )
    .with("g", (qb) =>
      qb
        .selectFrom("c")
        .select(["c.agency_id", "c.level", "c.grade", "c.early"])
        .select([
          sql<boolean>`c.scope <> 'counted'`.as("redirected"),
          sql<readonly RequirementVerdict[]>`array[${sql.join(verdicts)}]::text[]`.as("verdicts"),
        ]),
    )
    .selectFrom("g")
    .select(["agency_id", "level", "grade", "early", "redirected", "verdicts"])
    .select(sql<number>`count(*)`.as("portals"))
    .groupBy(["agency_id", "level", "grade", "early", "redirected", "verdicts"])
    .execute();
  return rows.map((row) => ({
    ...row,
    early: row.early && row.level === "L3",
  }));
}

/** Shares of portals and of agencies side by side, over the portals that a filter lets through. */
export async function complianceShares(
  db: Database,
  view: ComplianceView,
  filter: ComplianceFilter,
): Promise<ComplianceShares> {
  const moment = momentOf(view);
  const requirements = await listRequirements(db, moment.day);
  const judged = requirements.filter(({ subject }) => subject === "portal");
  const context = { moment, timezone: view.timezone, requirements };
  return sharesOf(await portalGroups(db, context, filter, judged), judged);
}

/** How many portals a filter lets through. */
export async function listedPortals(
  db: Database,
  view: ComplianceView,
  filter: ComplianceFilter,
): Promise<number> {
  const moment = momentOf(view);
  const requirements = await listRequirements(db, moment.day);
  const context = { moment, timezone: view.timezone, requirements };
  const { portals } = await db
    .selectFrom(filteredPortals(db, context, filter).as("k"))
    .select(sql<number>`count(*)`.as("portals"))
    .executeTakeFirstOrThrow();
  return portals;
}
