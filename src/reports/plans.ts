import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { Database } from "../store/database.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";

/** Where a plan stands on a day: carried out, late (itself or a phase of it), or on its way. */
export const PLAN_STATES = ["fulfilled", "overdue", "open"] as const;

export type PlanState = (typeof PLAN_STATES)[number];

/** One phase; `overdue` means due before the day asked for and not done by then. */
export interface PlanPhaseRow {
  readonly title: string;
  readonly due_on: Day;
  readonly done_on: Day | null;
  readonly outcome: string | null;
  readonly overdue: boolean;
}

/** A plan as lists show it. */
export interface PlanRow {
  readonly id: number;
  readonly agency: { readonly id: string; readonly name_vi: string };
  readonly number: string;
  readonly title: string;
  readonly issued_on: Day;
  readonly lead_unit: string;
  readonly cooperating_units: readonly string[];
  readonly due_on: Day | null;
  readonly fulfilled_on: Day | null;
  readonly outcome: string | null;
  readonly source: string | null;
  readonly note: string | null;
  readonly state: PlanState;
  readonly phases: readonly PlanPhaseRow[];
}

/** Which plans: those that were issued by `asOf`, in the state that they have on that day. */
export interface PlanFilter {
  readonly agency?: string | undefined;
  readonly state?: PlanState | undefined;
  readonly asOf: Day;
}

/** Agency and number of the last plan shown. */
export type PlanPosition = readonly [string, number];

/** Plans by agency and then in the order of their registration. */
export async function listPlans(
  db: Database,
  filter: PlanFilter,
  page: PageRequest<PlanPosition>,
): Promise<Page<PlanRow, PlanPosition>> {
  let query = plansQuery(db, filter.asOf)
    .orderBy(sql`a.slug collate "C"`)
    .orderBy("p.id")
    .limit(page.limit + 1);
  if (filter.agency !== undefined) query = query.where("a.slug", "=", filter.agency);
  if (filter.state !== undefined) query = query.where("s.state", "=", filter.state);
  if (page.after) {
    const [agency, id] = page.after;
    query = query.where(sql<boolean>`(a.slug collate "C", p.id) > (${agency}, ${id})`);
  }
  const rows = await query.execute();
  return toPage(
    rows.map(({ slug, name_vi, phases, ...plan }) => ({
      ...plan,
      agency: { id: slug, name_vi },
      phases: phases ?? [],
    })),
    page.limit,
    (row): PlanPosition => [row.agency.id, row.id],
  );
}

/** One plan as lists show it, or null. */
export async function findPlan(db: Database, id: number, asOf: Day): Promise<PlanRow | null> {
  const row = await plansQuery(db, asOf).where("p.id", "=", id).executeTakeFirst();
  if (!row) return null;
  const { slug, name_vi, phases, ...plan } = row;
  return { ...plan, agency: { id: slug, name_vi }, phases: phases ?? [] };
}

function plansQuery(db: Database, asOf: Day) {
  const notBy = (day: string) => sql`(${sql.ref(day)} is null or ${sql.ref(day)} > ${asOf}::date)`;
  return db
    .selectFrom("conversion_plan as p")
    .innerJoin("agency as a", "a.id", "p.agency_id")
    .innerJoinLateral(
      sql<{ phases: PlanPhaseRow[] | null; late: boolean | null }>`(
        select jsonb_agg(jsonb_build_object('title', f.title, 'due_on', f.due_on, 'done_on', f.done_on,
            'outcome', f.outcome, 'overdue', f.due_on < ${asOf}::date and ${notBy("f.done_on")})
            order by f.position) as phases,
          bool_or(f.due_on < ${asOf}::date and ${notBy("f.done_on")}) as late
        from plan_phase f where f.plan_id = p.id)`.as("f"),
      (join) => join.onTrue(),
    )
    .innerJoinLateral(
      sql<{ state: PlanState }>`(select case
          when p.fulfilled_on <= ${asOf}::date then 'fulfilled'
          when p.due_on < ${asOf}::date or f.late then 'overdue'
          else 'open' end as state)`.as("s"),
      (join) => join.onTrue(),
    )
    .select([
      "p.id",
      "a.slug",
      "a.name_vi",
      "p.number",
      "p.title",
      "p.issued_on",
      "p.lead_unit",
      "p.cooperating_units",
      "p.due_on",
      "p.fulfilled_on",
      "p.outcome",
      "p.source",
      "p.note",
      "s.state",
      sql<PlanPhaseRow[] | null>`f.phases`.as("phases"),
    ])
    .where(sql<boolean>`p.issued_on <= ${asOf}::date`);
}
