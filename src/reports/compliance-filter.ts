import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { PortalKind } from "../domain/portal.ts";
import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import type { RequirementVerdict } from "../domain/requirement.ts";
import type { Database } from "../store/database.ts";
import type { RequirementRow } from "./compliance-requirements.ts";
import { scopeSql } from "./compliance-scope.ts";
import { gradeSql, levelSql, portalsAt } from "./compliance-standing.ts";
import { hasVerdictSql } from "./compliance-verdict.ts";
import type { Moment } from "./compliance-view.ts";
import { containing, folded, foldedSql } from "./folded-text.ts";
import { dayStartIn } from "./zone-day.ts";

/** Which portals; every part is optional and all that are given must hold. */
export interface ComplianceFilter {
  /** The portal's stable id. */
  readonly portal?: string | undefined;
  /** The agency's stable id. */
  readonly agency?: string | undefined;
  /** Numbers of agencies, one of which it must be. */
  readonly agencies?: readonly number[] | undefined;
  /** The province's code. */
  readonly province?: string | undefined;
  readonly kind?: PortalKind | undefined;
  readonly level?: ReadinessLevel | undefined;
  readonly grade?: HttpsGrade | undefined;
  /** The id of a requirement, and what it must come to (default `not_met`); one without the other does nothing. */
  readonly requirement?: string | undefined;
  readonly verdict?: RequirementVerdict | undefined;
  /** Level or grade changed on this day or later. */
  readonly changed_since?: Day | undefined;
  /** Text in a name, the URL or the id; case and Vietnamese diacritics do not matter. */
  readonly q?: string | undefined;
}

/** What a filter needs beside itself. */
export interface FilterContext {
  readonly moment: Moment;
  readonly timezone: string;
  /** All requirements; one that the filter names and that is not among them finds nothing. */
  readonly requirements: readonly RequirementRow[];
}

/** The rows of portalsAt that the filter lets through. */
export function filteredPortals(db: Database, context: FilterContext, filter: ComplianceFilter) {
  const { moment } = context;
  let query = portalsAt(db, moment);
  if (filter.portal !== undefined) query = query.where("p.slug", "=", filter.portal);
  if (filter.agency !== undefined) query = query.where("a.slug", "=", filter.agency);
  if (filter.agencies !== undefined) {
    query = query.where("p.agency_id", "=", sql<number>`any(${[...filter.agencies]}::integer[])`);
  }
  if (filter.province !== undefined) query = query.where("u.code", "=", filter.province);
  if (filter.kind !== undefined) query = query.where("p.kind", "=", filter.kind);
  if (filter.level !== undefined) query = query.where(levelSql(moment), "=", filter.level);
  if (filter.grade !== undefined) query = query.where(gradeSql(moment), "=", filter.grade);
  if (filter.changed_since !== undefined) {
    const from = new Date(dayStartIn(context.timezone, filter.changed_since));
    query = query.where(sql<boolean>`s.from_at >= ${from}`);
  }
  if (filter.requirement !== undefined) query = query.where(meets(context, filter));
  if (filter.q !== undefined) {
    const text = sql<string>`concat_ws(' ', p.name_vi, p.name_en, p.url, p.slug)`;
    query = query.where(foldedSql(text), "like", containing(folded(filter.q)));
  }
  return query;
}

/**
 * Whether the requirement comes to the verdict for a row that is not named yet. `offset 0` keeps the planner from
 * writing the level out at each place where the verdict asks for it.
 */
function meets({ moment, requirements }: FilterContext, filter: ComplianceFilter) {
  const requirement = requirements.find(({ id }) => id === filter.requirement);
  if (requirement === undefined) return sql<boolean>`false`;
  const wanted = { verdict: filter.verdict ?? "not_met", scope: scopeSql("i") };
  return sql<boolean>`(select ${hasVerdictSql(requirement, moment, "i", wanted)} from (
    select p.id, p.kind, p.lifecycle, p.host, t.last_audit_id, coalesce(t.early, false) as early,
      ${levelSql(moment)} as level, ${gradeSql(moment)} as grade offset 0) i)`;
}
