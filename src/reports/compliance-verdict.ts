import { type RawBuilder, sql } from "kysely";
import type { CheckId } from "../domain/finding.ts";
import {
  GRADE_VALUE,
  HTTPS_GRADES,
  type HttpsGrade,
  LEVEL_VALUE,
  READINESS_LEVELS,
  type ReadinessLevel,
} from "../domain/readiness.ts";
import type { RequirementVerdict } from "../domain/requirement.ts";
import type { RequirementRow } from "./compliance-requirements.ts";
import { type Moment, openAt, vantageSql } from "./compliance-view.ts";

/**
 * What a requirement on portals comes to for a row that has `id`, `kind`, `scope`, `level`, `grade` and `early` under
 * this name. A portal that only forwards is held against none.
 */
export function verdictSql(
  requirement: RequirementRow,
  moment: Moment,
  row: string,
): RawBuilder<RequirementVerdict> {
  const applies = sql`${sql.ref(`${row}.scope`)} = 'counted' and ${speaksOf(requirement, row)}`;
  return sql<RequirementVerdict>`(case when ${applies}
    then ${evidenceSql(requirement, moment, row)} else 'not_applicable' end)`;
}

/**
 * Whether verdictSql is this verdict, with the look-up of the scope (an expression) left to the rows that the rest lets
 * through.
 */
export function hasVerdictSql(
  requirement: RequirementRow,
  moment: Moment,
  row: string,
  wanted: { readonly verdict: RequirementVerdict; readonly scope: RawBuilder<string> },
): RawBuilder<boolean> {
  const { verdict, scope } = wanted;
  const speaks = speaksOf(requirement, row);
  const same = sql`${evidenceSql(requirement, moment, row)} = ${verdict}`;
  return verdict === "not_applicable"
    ? sql<boolean>`(not ${speaks} or ${same} or ${scope} <> 'counted')`
    : sql<boolean>`(${speaks} and ${same} and ${scope} = 'counted')`;
}

/** Whether a requirement speaks of portals of the row's kind, and does so yet. */
function speaksOf({ kinds, subject, force }: RequirementRow, row: string): RawBuilder<boolean> {
  if (subject === "agency" || force === "not_yet") return sql<boolean>`false`;
  if (kinds.length === 0) return sql<boolean>`true`;
  return sql<boolean>`(${sql.ref(`${row}.kind`)} in (${sql.join(kinds.map((kind) => sql.lit(kind)))}))`;
}

function evidenceSql({ evidence }: RequirementRow, moment: Moment, row: string) {
  switch (evidence.by) {
    case "level":
      return levelVerdict(evidence.atLeast, row);
    case "grade":
      return gradeVerdict(evidence.atLeast, row);
    case "checks":
      return checksVerdict(evidence.checks, moment, row);
    case "plan":
    case "nothing":
      return sql`'unknown'`;
  }
}

/** L3 that lacks nothing but history is not known to miss L4 and above: it is too early to say. */
function levelVerdict(atLeast: ReadinessLevel, row: string) {
  const level = sql.ref(`${row}.level`);
  const met = READINESS_LEVELS.filter((one) => one !== "U" && reaches(one, atLeast));
  const early = reaches(atLeast, "L4")
    ? sql`when ${level} = 'L3' and ${sql.ref(`${row}.early`)} then 'unknown'`
    : sql``;
  return sql`(case when ${level} = 'U' then 'unknown'
    when ${level} in (${sql.join(met.map((one) => sql.lit(one)))}) then 'met'
    ${early} else 'not_met' end)`;
}

function gradeVerdict(atLeast: HttpsGrade, row: string) {
  const grade = sql.ref(`${row}.grade`);
  const least = GRADE_VALUE[atLeast] ?? 0;
  const met = HTTPS_GRADES.filter((one) => (GRADE_VALUE[one] ?? -1) >= least);
  return sql`(case when ${grade} = 'U' then 'unknown'
    when ${grade} in (${sql.join(met.map((one) => sql.lit(one)))}) then 'met' else 'not_met' end)`;
}

/**
 * Every family that a check judges must pass; a check without a finding could not tell. (`count(distinct)` would begin a
 * sort for every portal.)
 */
function checksVerdict(checks: readonly CheckId[], moment: Moment, row: string) {
  const names = sql.join(checks.map((check) => sql.lit(check)));
  const found = sql.join(
    checks.map((check) => sql`bool_or(f.check_id = ${sql.lit(check)})`),
    sql` and `,
  );
  return sql`(select case
      when bool_or(f.verdict in ('fail', 'warn')) then 'not_met'
      when bool_or(f.verdict = 'unknown') or (${found}) is not true then 'unknown'
      when bool_or(f.verdict = 'pass') then 'met' else 'not_applicable' end
    from finding f where f.portal_id = ${sql.ref(`${row}.id`)} and f.vantage_id = ${vantageSql(moment)}
      and ${openAt(moment, "f.first_seen", "f.ended_at")} and f.check_id in (${names}))`;
}

function reaches(level: ReadinessLevel, atLeast: ReadinessLevel): boolean {
  return (LEVEL_VALUE[level] ?? -Infinity) >= (LEVEL_VALUE[atLeast] ?? Infinity);
}
