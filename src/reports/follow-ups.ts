import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { Family } from "../domain/family.ts";
import type { CheckId } from "../domain/finding.ts";
import type { FollowUpKind } from "../store/compliance-schema.ts";
import type { Database } from "../store/database.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";
import { inScope, type Scope } from "./scope.ts";

export const FOLLOW_UP_KINDS = [
  "note",
  "responsible",
  "promise",
  "exemption",
  "reply",
  "recheck",
] as const satisfies readonly FollowUpKind[];

/**
 * Where an entry stands on a day. Of a promise: due, overdue, kept (the check finds nothing wrong any more), or unclear
 * (it could not tell). Of an exemption: in force or ended. Of a recheck: done or unfinished. Of the others: standing.
 */
export const FOLLOW_UP_STATES = [
  "standing",
  "due",
  "overdue",
  "kept",
  "unclear",
  "in_force",
  "ended",
  "done",
  "unfinished",
] as const;

export type FollowUpState = (typeof FOLLOW_UP_STATES)[number];

/** An entry as lists show it; the finding itself is always shown beside it. Instants are ISO 8601 UTC. */
export interface FollowUpRow {
  readonly id: number;
  readonly portal: { readonly id: string; readonly name_vi: string };
  readonly agency: { readonly id: string; readonly name_vi: string };
  readonly check: CheckId;
  readonly family: Family | null;
  readonly kind: FollowUpKind;
  readonly text: string;
  readonly responsible_unit: string | null;
  readonly promised_on: Day | null;
  readonly exempt_until: Day | null;
  readonly evidence_url: string | null;
  readonly state: FollowUpState;
  readonly audit_before: number | null;
  readonly audit_after: number | null;
  /** The label of the key, or the command, that wrote it. */
  readonly actor: string;
  readonly created_at: string;
  readonly withdrawn_at: string | null;
}

/** Which entries; every part is optional and all that are given must hold. */
export interface FollowUpFilter {
  readonly scope?: Scope | undefined;
  /** Ids of the portal and of the agency. */
  readonly portal?: string | undefined;
  readonly agency?: string | undefined;
  readonly check?: CheckId | undefined;
  readonly kind?: FollowUpKind | undefined;
  readonly state?: FollowUpState | undefined;
  /** Withdrawn entries too. */
  readonly withdrawn?: boolean | undefined;
}

/** From where and on which day one looks. */
export interface FollowUpView {
  /** Name of the vantage point whose findings say whether a promise was kept. */
  readonly vantage: string;
  readonly today: Day;
}

/** Number of the last entry shown. */
export type FollowUpPosition = readonly [number];

/** Entries, latest first. */
export async function listFollowUps(
  db: Database,
  view: FollowUpView,
  filter: FollowUpFilter,
  page: PageRequest<FollowUpPosition>,
): Promise<Page<FollowUpRow, FollowUpPosition>> {
  let query = followUpsQuery(db, view)
    .orderBy("f.id", "desc")
    .limit(page.limit + 1);
  if (filter.scope) query = query.where(inScope(filter.scope));
  if (filter.portal !== undefined) query = query.where("p.slug", "=", filter.portal);
  if (filter.agency !== undefined) query = query.where("a.slug", "=", filter.agency);
  if (filter.check !== undefined) query = query.where("f.check_id", "=", filter.check);
  if (filter.kind !== undefined) query = query.where("f.kind", "=", filter.kind);
  if (filter.state !== undefined) query = query.where("s.state", "=", filter.state);
  if (filter.withdrawn !== true) query = query.where("f.withdrawn_at", "is", null);
  if (page.after) query = query.where("f.id", "<", page.after[0]);
  const rows = (await query.execute()).map(toFollowUp);
  return toPage(rows, page.limit, ({ id }): FollowUpPosition => [id]);
}

/** One entry, withdrawn or not; null if there is none. */
export async function findFollowUp(
  db: Database,
  view: FollowUpView,
  id: number,
): Promise<FollowUpRow | null> {
  const row = await followUpsQuery(db, view).where("f.id", "=", id).executeTakeFirst();
  return row ? toFollowUp(row) : null;
}

function followUpsQuery(db: Database, { vantage, today }: FollowUpView) {
  return db
    .selectFrom("follow_up as f")
    .innerJoin("portal as p", "p.id", "f.portal_id")
    .innerJoin("agency as a", "a.id", "p.agency_id")
    .leftJoin("admin_unit as u", "u.id", "p.province_id")
    .innerJoinLateral(
      sql<{ wrong: boolean; right: boolean }>`(
        select coalesce(bool_or(verdict in ('warn', 'fail')), false) as wrong,
          coalesce(bool_and(verdict in ('pass', 'not_applicable')), false) as right
        from finding
        where f.kind = 'promise' and ended_at is null and portal_id = f.portal_id
          and check_id = f.check_id and (f.family = '' or family = f.family)
          and vantage_id = (select id from vantage where name = ${vantage}))`.as("v"),
      (join) => join.onTrue(),
    )
    .innerJoinLateral(
      sql<{ state: FollowUpState }>`(select case f.kind
        when 'exemption' then case when f.exempt_until < ${today}::date then 'ended' else 'in_force' end
        when 'recheck' then case when f.audit_after_id is null then 'unfinished' else 'done' end
        when 'promise' then case
          when v."right" then 'kept'
          when not v.wrong then 'unclear'
          when f.promised_on < ${today}::date then 'overdue'
          else 'due' end
        else 'standing' end as state)`.as("s"),
      (join) => join.onTrue(),
    )
    .selectAll("f")
    .select([
      "p.slug",
      "p.name_vi",
      "a.slug as agency_slug",
      "a.name_vi as agency_name_vi",
      "s.state",
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof followUpsQuery>["executeTakeFirstOrThrow"]>>;

function toFollowUp(row: Row): FollowUpRow {
  return {
    id: row.id,
    portal: { id: row.slug, name_vi: row.name_vi },
    agency: { id: row.agency_slug, name_vi: row.agency_name_vi },
    check: row.check_id,
    family: row.family === "" ? null : row.family,
    kind: row.kind,
    text: row.text,
    responsible_unit: row.responsible_unit,
    promised_on: row.promised_on,
    exempt_until: row.exempt_until,
    evidence_url: row.evidence_url,
    state: row.state,
    audit_before: row.audit_before_id,
    audit_after: row.audit_after_id,
    actor: row.actor,
    created_at: row.created_at.toISOString(),
    withdrawn_at: row.withdrawn_at?.toISOString() ?? null,
  };
}
