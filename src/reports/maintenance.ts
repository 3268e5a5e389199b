import { type RawBuilder, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";

/** Where a window stands at an instant. */
export const WINDOW_STATES = ["active", "upcoming", "over", "cancelled"] as const;

export type WindowState = (typeof WINDOW_STATES)[number];

/** A maintenance window as lists show it. Instants are ISO 8601 UTC. */
export interface MaintenanceRow {
  readonly id: number;
  readonly title: string;
  readonly note: string | null;
  /** What it is for: a portal's or an agency's id, or a province's code. */
  readonly target: {
    readonly type: "portal" | "agency" | "province";
    readonly id: string;
    readonly name_vi: string;
  };
  /** Whom keys are asked for: the agency's id and province's code of the target, where it has them. */
  readonly belongs: { readonly agency: string | null; readonly province: string | null };
  readonly starts_at: string;
  readonly duration_minutes: number;
  readonly rrule: string | null;
  readonly timezone: string;
  readonly state: WindowState;
  /** The present one and those to come, as far as they are written out; at most 5. */
  readonly next: readonly { readonly starts_at: string; readonly ends_at: string }[];
  readonly created_by: string;
  readonly created_at: string;
  readonly cancelled_by: string | null;
  readonly cancelled_at: string | null;
}

/** Which windows; every part is optional. */
export interface MaintenanceFilter {
  readonly state?: WindowState | undefined;
  /** Only those that are over or cancelled. */
  readonly past?: true | undefined;
  /** Windows that hold for this portal (stable id), by whatever target. */
  readonly portal?: string | undefined;
  readonly agency?: string | undefined;
  readonly province?: string | undefined;
}

/** Number of the last window shown. */
export type MaintenancePosition = readonly [number];

/** Windows, the latest made first. `now` in milliseconds since the epoch. */
export async function listMaintenance(
  db: Database,
  now: number,
  filter: MaintenanceFilter,
  page: PageRequest<MaintenancePosition>,
): Promise<Page<MaintenanceRow, MaintenancePosition>> {
  const { state, past, portal, agency, province } = filter;
  const wanted = [
    ...(state === undefined ? [] : [sql`s.state = ${state}`]),
    ...(past === undefined ? [] : [sql`s.state in ('over', 'cancelled')`]),
    ...(agency === undefined ? [] : [sql`a.slug = ${agency}`]),
    ...(province === undefined ? [] : [sql`u.code = ${province}`]),
    ...(portal === undefined
      ? []
      : [sql`exists (select from portal of where of.slug = ${portal} and ${coversPortal("of")})`]),
    ...(page.after ? [sql`w.id < ${page.after[0]}`] : []),
  ];
  const rows = await windows(db, now, wanted, page.limit + 1);
  return toPage(rows, page.limit, ({ id }): MaintenancePosition => [id]);
}

/** One window by its number, or null. */
export async function findMaintenance(
  db: Database,
  id: number,
  now: number,
): Promise<MaintenanceRow | null> {
  const [row] = await windows(db, now, [sql`w.id = ${id}`], 1);
  return row ?? null;
}

/** Whether `maintenance_window as w` holds for the portal of this alias. */
function coversPortal(portal: string) {
  const column = (name: string) => sql.ref(`${portal}.${name}`);
  return sql`(w.portal_id = ${column("id")} or w.agency_id = ${column("agency_id")}
    or w.province_id = ${column("province_id")})`;
}

interface WindowRecord extends Omit<
  MaintenanceRow,
  "starts_at" | "created_at" | "cancelled_at" | "belongs" | "target" | "next"
> {
  readonly starts_at: Date;
  readonly created_at: Date;
  readonly cancelled_at: Date | null;
  readonly target_type: MaintenanceRow["target"]["type"];
  readonly target_id: string;
  readonly target_name: string;
  readonly agency: string | null;
  readonly province: string | null;
  readonly next: readonly { readonly starts_at: string; readonly ends_at: string }[] | null;
}

async function windows(
  db: Database,
  now: number,
  wanted: readonly RawBuilder<unknown>[],
  limit: number,
): Promise<MaintenanceRow[]> {
  const at = new Date(now);
  const { rows } = await sql<WindowRecord>`
    select w.id, w.title, w.note, w.starts_at, w.duration_minutes, w.rrule, w.timezone, s.state, n.next,
      w.created_by, w.created_at, w.cancelled_by, w.cancelled_at,
      case when w.portal_id is not null then 'portal' when w.agency_id is not null then 'agency'
        else 'province' end as target_type,
      coalesce(p.slug, a.slug, u.code) as target_id, coalesce(p.name_vi, a.name_vi, u.name_vi) as target_name,
      coalesce(a.slug, pa.slug) as agency,
      coalesce(u.code, pu.code, case when a.owner_type = 'province' then a.owner_code end) as province
    from maintenance_window w
    left join portal p on p.id = w.portal_id
    left join agency pa on pa.id = p.agency_id
    left join admin_unit pu on pu.id = p.province_id
    left join agency a on a.id = w.agency_id
    left join admin_unit u on u.id = w.province_id
    cross join lateral (
      select jsonb_agg(jsonb_build_object('starts_at', o.starts_at, 'ends_at', o.ends_at)
        order by o.starts_at) as next, bool_or(o.starts_at <= ${at}) as active
      from (select starts_at, ends_at from maintenance_occurrence
        where window_id = w.id and ends_at > ${at} and w.cancelled_at is null
        order by starts_at limit 5) o) n
    cross join lateral (select case when w.cancelled_at is not null then 'cancelled'
      when n.active then 'active' when n.next is not null then 'upcoming' else 'over' end as state) s
    ${wanted.length === 0 ? sql`` : sql`where ${sql.join(wanted, sql` and `)}`}
    order by w.id desc limit ${limit}`.execute(db);
  return rows.map(toMaintenanceRow);
}

function toMaintenanceRow(record: WindowRecord): MaintenanceRow {
  const { target_type: type, target_id: id, target_name, agency, province, ...row } = record;
  const iso = (text: string) => new Date(text).toISOString();
  return {
    ...row,
    target: { type, id, name_vi: target_name },
    belongs: { agency, province },
    starts_at: row.starts_at.toISOString(),
    created_at: row.created_at.toISOString(),
    cancelled_at: row.cancelled_at?.toISOString() ?? null,
    next: (row.next ?? []).map((one) => ({
      starts_at: iso(one.starts_at),
      ends_at: iso(one.ends_at),
    })),
  };
}
