import { sql } from "kysely";
import type { Family } from "../domain/family.ts";
import { type Cause, CHECK_IDS, type CheckId } from "../domain/finding.ts";
import type { Database } from "../store/database.ts";
import { type ComplianceFilter, filteredPortals } from "./compliance-filter.ts";
import { listRequirements } from "./compliance-requirements.ts";
import { REDIRECT_CHECKS, scopeSql } from "./compliance-scope.ts";
import { type ComplianceView, momentOf, openAt, vantageSql } from "./compliance-view.ts";

/** A finding of fail or warn with its evidence, and the portal's id. Instants are ISO 8601 UTC. */
export interface PortalProblem {
  readonly portal: string;
  readonly check: CheckId;
  readonly family: Family | null;
  readonly verdict: "fail" | "warn";
  readonly reason: string;
  readonly since: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly causes: readonly Cause[];
}

/** Everything that is to be mended on the portals that a filter lets through, by portal and check. */
export async function complianceProblems(
  db: Database,
  view: ComplianceView,
  filter: ComplianceFilter,
): Promise<PortalProblem[]> {
  const moment = momentOf(view);
  const requirements = await listRequirements(db, moment.day);
  const context = { moment, timezone: view.timezone, requirements };
  const forwarding = sql.join([...REDIRECT_CHECKS].map((check) => sql.lit(check)));
  const rows = await db
    .with("k", () => filteredPortals(db, context, filter))
    .with(
      (name) => name("c").materialized(),
      (qb) => qb.selectFrom("k").select(["k.id", "k.slug", scopeSql("k").as("scope")]),
    )
    .selectFrom("c")
    .innerJoin("finding as f", "f.portal_id", "c.id")
    .select(["c.slug", "f.check_id", "f.family", "f.reason", "f.since"])
    .select([
      sql<"fail" | "warn">`f.verdict`.as("verdict"),
      sql<Readonly<Record<string, unknown>>>`f.evidence`.as("evidence"),
      sql<readonly Cause[]>`f.causes`.as("causes"),
    ])
    .where("f.vantage_id", "=", vantageSql(moment))
    .where(openAt(moment, "f.first_seen", "f.ended_at"))
    .where("f.verdict", "in", ["fail", "warn"])
    .where(sql<boolean>`(c.scope = 'counted' or f.check_id in (${forwarding}))`)
    .orderBy(sql`c.slug collate "C"`)
    .orderBy(sql`array_position(${sql.lit(`{${CHECK_IDS.join(",")}}`)}::text[], f.check_id)`)
    .orderBy("f.family")
    .execute();
  return rows.map(({ slug, check_id: check, family, since, ...rest }) => ({
    portal: slug,
    check,
    family: family === "" ? null : family,
    since: since.toISOString(),
    ...rest,
  }));
}
