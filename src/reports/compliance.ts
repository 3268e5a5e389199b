import { type RawBuilder, sql } from "kysely";
import type { RequirementVerdict } from "../domain/requirement.ts";
import type { Database } from "../store/database.ts";
import { type ComplianceFilter, filteredPortals } from "./compliance-filter.ts";
import { listRequirements, type RequirementRow } from "./compliance-requirements.ts";
import {
  type ComplianceRow,
  type FindingJson,
  judgedFindings,
  toProblems,
} from "./compliance-row.ts";
import { scopeSql } from "./compliance-scope.ts";
import { type ComplianceSort, sortKeySql, type SortOrder } from "./compliance-sort.ts";
import { trackDetailsSql } from "./compliance-standing.ts";
import { verdictSql } from "./compliance-verdict.ts";
import {
  type ComplianceView,
  type Moment,
  momentOf,
  openAt,
  vantageSql,
} from "./compliance-view.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";
import { provinceOf } from "./province-of.ts";

/** What the last portal shown is sorted by, and its id. */
export type CompliancePosition = readonly [string, string];

/** How much of the list is wanted, in which order. */
export interface ComplianceRequest extends PageRequest<CompliancePosition> {
  readonly sort: ComplianceSort;
  readonly order: SortOrder;
}

/** The compliance list: portals with level, grade, findings and what each requirement comes to, as of a day. */
export async function complianceList(
  db: Database,
  view: ComplianceView,
  filter: ComplianceFilter,
  page: ComplianceRequest,
): Promise<Page<ComplianceRow, CompliancePosition>> {
  const moment = momentOf(view);
  const requirements = await listRequirements(db, moment.day);
  const judged = requirements.filter(({ subject }) => subject === "portal");
  const context = { moment, timezone: view.timezone, requirements };
  const rows = await listQuery(db, context, filter, page, judged).execute();
  const { rows: shown, next } = toPage(rows, page.limit, (row): CompliancePosition => [
    row.sort_key,
    row.slug,
  ]);
  return { rows: shown.map((row) => toComplianceRow(row, judged)), next };
}

interface Context {
  readonly moment: Moment;
  readonly timezone: string;
  readonly requirements: readonly RequirementRow[];
}

/** First which portals, then what there is to say of those alone. */
function listQuery(
  db: Database,
  context: Context,
  filter: ComplianceFilter,
  page: ComplianceRequest,
  judged: readonly RequirementRow[],
) {
  const { moment } = context;
  const direction = page.order;
  return db
    .with("k", () => {
      const key = sortKeySql(page.sort, moment);
      let query = filteredPortals(db, context, filter)
        .select(key.as("sort_key"))
        .orderBy(key, direction)
        .orderBy(sql`p.slug collate "C"`, direction)
        .limit(page.limit + 1);
      if (page.after) {
        const [first, second] = page.after;
        const beyond = sql.raw(direction === "asc" ? ">" : "<");
        query = query.where(
          sql<boolean>`(${key}, p.slug collate "C") ${beyond} (${first}, ${second})`,
        );
      }
      return query;
    })
    .with(
      (name) => name("c").materialized(),
      (qb) => qb.selectFrom("k").selectAll("k").select(scopeSql("k").as("scope")),
    )
    .selectFrom("c")
    .innerJoin("portal as p", "p.id", "c.id")
    .innerJoin("agency as a", "a.id", "p.agency_id")
    .leftJoin("admin_unit as u", "u.id", "p.province_id")
    .leftJoinLateral(trackDetailsSql(moment, "c").as("t"), (join) => join.onTrue())
    .selectAll("c")
    .select([
      "p.url",
      "p.name_vi",
      "p.name_en",
      "p.made_up",
      "a.name_vi as agency_name_vi",
      "a.name_en as agency_name_en",
      "u.code as province_code",
      "u.name_vi as province_name_vi",
      "t.level_since",
      "t.grade_since",
      sql<boolean>`coalesce(t.flapping, false)`.as("flapping"),
      findingsSql(moment).as("findings"),
      verdictsSql(judged, moment).as("verdicts"),
    ])
    .orderBy(sql`c.sort_key collate "C"`, direction)
    .orderBy(sql`c.slug collate "C"`, direction);
}

function findingsSql(moment: Moment): RawBuilder<readonly FindingJson[]> {
  return sql<readonly FindingJson[]>`(
    select coalesce(jsonb_agg(jsonb_build_object('check', f.check_id, 'family', f.family,
      'verdict', f.verdict, 'reason', f.reason, 'since', f.since)), '[]')
    from finding f where f.portal_id = c.id and f.vantage_id = ${vantageSql(moment)}
      and ${openAt(moment, "f.first_seen", "f.ended_at")}
      and f.verdict in ('fail', 'warn', 'unknown'))`;
}

function verdictsSql(
  judged: readonly RequirementRow[],
  moment: Moment,
): RawBuilder<readonly RequirementVerdict[]> {
  const verdicts = judged.map((requirement) => sql`${verdictSql(requirement, moment, "c")}`);
  return sql<readonly RequirementVerdict[]>`array[${sql.join(verdicts)}]::text[]`;
}

type Row = Awaited<ReturnType<ReturnType<typeof listQuery>["executeTakeFirstOrThrow"]>>;

function toComplianceRow(row: Row, judged: readonly RequirementRow[]): ComplianceRow {
  const findings = judgedFindings(row.findings, row.scope);
  const problems = toProblems(findings);
  const count = (wanted: string) => findings.filter(({ verdict }) => verdict === wanted).length;
  return {
    id: row.slug,
    url: row.url,
    host: row.host,
    name_vi: row.name_vi,
    name_en: row.name_en,
    kind: row.kind,
    agency: { id: row.agency_slug, name_vi: row.agency_name_vi, name_en: row.agency_name_en },
    province: provinceOf(row),
    lifecycle: row.lifecycle,
    made_up: row.made_up,
    scope: row.scope,
    level: row.level,
    level_since: sinceOf(row.level_since, row),
    provisional_days: row.level === "L3" ? row.provisional_days : null,
    grade: row.grade,
    grade_since: sinceOf(row.grade_since, row),
    since: sinceOf(null, row),
    flapping: row.flapping,
    stale: row.stale,
    last_audit:
      row.last_audit_id === null || row.last_audit_at === null
        ? null
        : { id: row.last_audit_id, at: row.last_audit_at.toISOString() },
    findings: { fail: count("fail"), warn: count("warn"), unknown: count("unknown") },
    problems,
    requirements: judged.map(({ id, evidence }, index) => {
      const verdict = row.verdicts[index] ?? "unknown";
      const shows = evidence.by === "checks" && verdict === "not_met" ? evidence.checks : [];
      return {
        id,
        verdict,
        because: problems.filter(({ check }) => shows.includes(check)),
      };
    }),
  };
}

/** When a value began; of a portal that was never audited, or not for a week, nothing is known. */
function sinceOf(at: number | null, { since, stale }: Row): string | null {
  if (stale) return null;
  return (at === null ? since : new Date(at))?.toISOString() ?? null;
}
