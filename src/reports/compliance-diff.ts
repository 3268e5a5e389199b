import { type RawBuilder, sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { Family } from "../domain/family.ts";
import type { PortalKind } from "../domain/portal.ts";
import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import type { Database } from "../store/database.ts";
import {
  causesOf,
  combineChanges,
  type FindingChange,
  gradeChange,
  levelChange,
  type PortalChange,
  type ValueChange,
} from "./compliance-change.ts";
import { type ComplianceFilter, filteredPortals } from "./compliance-filter.ts";
import { listRequirements } from "./compliance-requirements.ts";
import {
  type ComplianceView,
  type Moment,
  momentOf,
  openAt,
  vantageSql,
} from "./compliance-view.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";
import { provinceOf } from "./province-of.ts";

/** A value at two days, null where the portal was not on the list. */
export interface ValueDiff<Value> {
  readonly from: Value | null;
  readonly to: Value | null;
  readonly change: ValueChange | null;
}

/** A portal that is not on the later day as it was on the earlier one. */
export interface ComplianceDiffRow {
  readonly id: string;
  readonly url: string;
  readonly name_vi: string;
  readonly name_en: string | null;
  readonly kind: PortalKind;
  readonly agency: {
    readonly id: string;
    readonly name_vi: string;
    readonly name_en: string | null;
  };
  readonly province: { readonly code: string; readonly name_vi: string } | null;
  readonly made_up: boolean;
  readonly change: PortalChange;
  readonly level: ValueDiff<ReadinessLevel>;
  readonly grade: ValueDiff<HttpsGrade>;
  /** Findings that moved the same way; empty where history alone made the difference, and for new and gone. */
  readonly because: readonly FindingChange[];
}

/** The id of the last portal shown. */
export type ComplianceDiffPosition = readonly [string];

/** Which portals; level, grade and requirement are those of a day and do not narrow a difference. */
export type ComplianceDiffFilter = Pick<ComplianceFilter, "agency" | "province" | "kind" | "q">;

/** Portals whose level or grade differs between the ends of two days, or that are on the list of one of them alone. */
export async function complianceDiff(
  db: Database,
  view: Omit<ComplianceView, "asOf">,
  days: { readonly from: Day; readonly to: Day },
  filter: ComplianceDiffFilter,
  page: PageRequest<ComplianceDiffPosition>,
): Promise<Page<ComplianceDiffRow, ComplianceDiffPosition>> {
  const from = momentOf({ ...view, asOf: days.from });
  const to = momentOf({ ...view, asOf: days.to });
  const requirements = await listRequirements(db, to.day);
  const side = (moment: Moment) =>
    filteredPortals(db, { moment, timezone: view.timezone, requirements }, filter);
  const differs = sql<boolean>`(b.level is distinct from e.level or b.grade is distinct from e.grade)`;
  const query = db
    .with("b", () => side(from))
    .with("e", () => side(to))
    .with("d", (qb) => {
      let both = qb
        .selectFrom("b")
        .fullJoin("e", "e.id", "b.id")
        .select([
          sql<number>`coalesce(b.id, e.id)`.as("id"),
          "b.level as level_from",
          "e.level as level_to",
          "b.grade as grade_from",
          "e.grade as grade_to",
          sql<string>`coalesce(b.slug, e.slug) collate "C"`.as("slug"),
        ])
        .where(differs)
        .orderBy("slug")
        .limit(page.limit + 1);
      if (page.after) {
        both = both.where(sql<boolean>`coalesce(b.slug, e.slug) collate "C" > ${page.after[0]}`);
      }
      return both;
    })
    .selectFrom("d")
    .innerJoin("portal as p", "p.id", "d.id")
    .innerJoin("agency as a", "a.id", "p.agency_id")
    .leftJoin("admin_unit as u", "u.id", "p.province_id")
    .selectAll("d")
    .select(["p.url", "p.name_vi", "p.name_en", "p.kind", "p.made_up"])
    .select(["a.slug as agency_slug", "a.name_vi as agency_name_vi", "a.name_en as agency_name_en"])
    .select(["u.code as province_code", "u.name_vi as province_name_vi"])
    .select(movedFindings(from, to).as("findings"))
    .orderBy(sql`d.slug collate "C"`);
  const rows = await query.execute();
  const { rows: shown, next } = toPage(rows, page.limit, (row): ComplianceDiffPosition => [
    row.slug,
  ]);
  return { rows: shown.map(toDiffRow), next };
}

interface MovedJson extends Omit<FindingChange, "family"> {
  readonly family: Family | "";
}

/** Findings of the portal `d.id` whose verdict differs between two moments. */
function movedFindings(from: Moment, to: Moment): RawBuilder<readonly MovedJson[]> {
  const at = (moment: Moment) => sql`(
    select check_id, family, verdict, reason, since from finding
    where portal_id = d.id and vantage_id = ${vantageSql(moment)}
      and ${openAt(moment, "first_seen", "ended_at")})`;
  const side = (name: string) => {
    const of = (column: string) => sql.ref(`${name}.${column}`);
    return sql`case when ${of("verdict")} is not null
      then jsonb_build_object('verdict', ${of("verdict")}, 'reason', ${of("reason")}) end`;
  };
  return sql<readonly MovedJson[]>`(select coalesce(jsonb_agg(jsonb_build_object(
      'check', check_id, 'family', family, 'from', ${side("o")}, 'to', ${side("n")}, 'since', n.since)), '[]')
    from ${at(from)} o full join ${at(to)} n using (check_id, family)
    where o.verdict is distinct from n.verdict)`;
}

interface Row {
  readonly slug: string;
  readonly url: string;
  readonly name_vi: string;
  readonly name_en: string | null;
  readonly kind: PortalKind;
  readonly made_up: boolean;
  readonly agency_slug: string;
  readonly agency_name_vi: string;
  readonly agency_name_en: string | null;
  readonly province_code: string | null;
  readonly province_name_vi: string | null;
  readonly level_from: ReadinessLevel | null;
  readonly level_to: ReadinessLevel | null;
  readonly grade_from: HttpsGrade | null;
  readonly grade_to: HttpsGrade | null;
  readonly findings: readonly MovedJson[];
}

function toDiffRow(row: Row): ComplianceDiffRow {
  const level = diffOf(row.level_from, row.level_to, levelChange);
  const grade = diffOf(row.grade_from, row.grade_to, gradeChange);
  const moved = row.findings.map(({ family, since, ...rest }) => ({
    ...rest,
    family: family === "" ? null : family,
    since: since === null ? null : new Date(since).toISOString(),
  }));
  const changes = { level: level.change ?? "same", grade: grade.change ?? "same" } as const;
  return {
    id: row.slug,
    url: row.url,
    name_vi: row.name_vi,
    name_en: row.name_en,
    kind: row.kind,
    agency: { id: row.agency_slug, name_vi: row.agency_name_vi, name_en: row.agency_name_en },
    province: provinceOf(row),
    made_up: row.made_up,
    change: changeOf(row, changes),
    level,
    grade,
    because: causesOf(moved, changes),
  };
}

function diffOf<Value>(
  from: Value | null,
  to: Value | null,
  change: (from: Value, to: Value) => ValueChange,
): ValueDiff<Value> {
  return { from, to, change: from === null || to === null ? null : change(from, to) };
}

function changeOf(row: Row, changes: { level: ValueChange; grade: ValueChange }): PortalChange {
  if (row.level_from === null) return "new";
  if (row.level_to === null) return "gone";
  const change = combineChanges(changes.level, changes.grade);
  if (change === "same") throw new Error(`${row.slug} was listed as changed and is not`);
  return change;
}
