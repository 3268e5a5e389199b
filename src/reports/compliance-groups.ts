import { sql } from "kysely";
import type { PortalKind } from "../domain/portal.ts";
import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import type { RequirementVerdict } from "../domain/requirement.ts";
import type { Database } from "../store/database.ts";
import { type ComplianceFilter, type FilterContext, filteredPortals } from "./compliance-filter.ts";
import { groupVerdict } from "./compliance-group-verdict.ts";
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
  const byChecks = judged.filter(({ evidence }) => evidence.by === "checks");
  const verdicts = byChecks.map((requirement) => verdictSql(requirement, context.moment, "c"));
  // All that a group has in common as one text: of 20,000 portals few are alike, and reading seventeen verdicts of each
  // took this process 220 ms, reading one text takes 45.
  const facts = sql.join([
    ...["kind", "level", "grade"].map((name) => sql.ref(`c.${name}`)),
    sql`c.early and c.level = 'L3'`,
    sql`c.scope <> 'counted'`,
    ...verdicts,
  ]);
  const rows = await db
    .with("k", () => filteredPortals(db, context, filter))
    .with(
      (name) => name("c").materialized(),
      (qb) => qb.selectFrom("k").selectAll("k").select(scopeSql("k").as("scope")),
    )
    .with("g", (qb) =>
      qb
        .selectFrom("c")
        .select("c.agency_id")
        .select(sql<string>`concat_ws(' ', ${facts}) collate "C"`.as("facts")),
    )
    .selectFrom("g")
    .select(["agency_id", "facts"])
    .select(sql<number>`count(*)`.as("portals"))
    .groupBy(["agency_id", "facts"])
    .execute();
  const known = new Map<string, AlikePortals>();
  return rows.map(({ facts: text, ...row }) => {
    const alike = known.get(text) ?? readFacts(text, judged, byChecks);
    known.set(text, alike);
    return { ...alike, ...row };
  });
}

type AlikePortals = Omit<PortalGroup, "agency_id" | "portals">;

/** What the database wrote of portals that are alike. */
function readFacts(
  text: string,
  judged: readonly RequirementRow[],
  byChecks: readonly RequirementRow[],
): AlikePortals {
  const [kind, level, grade, early, redirected, ...told] = text.split(" ");
  const facts = {
    kind: kind as PortalKind,
    level: level as ReadinessLevel,
    grade: grade as HttpsGrade,
    early: early === "t",
    redirected: redirected === "t",
  };
  const verdicts = judged.map((requirement) =>
    requirement.evidence.by === "checks"
      ? (told[byChecks.indexOf(requirement)] as RequirementVerdict)
      : groupVerdict(requirement, facts),
  );
  return { ...facts, verdicts };
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
