import { type RawBuilder, sql } from "kysely";
import type { IncidentKind, Severity } from "../../domain/incident/kinds.ts";
import type { Database } from "../../store/database.ts";
import { type Page, type PageRequest, toPage } from "../page.ts";
import { type IncidentRow, incidentsQuery, toIncidentRow } from "./row.ts";

/** Which incidents; every part is optional and all that are given must hold. */
export interface IncidentFilter {
  /** True: still open; false: ended. */
  readonly open?: boolean | undefined;
  readonly kind?: IncidentKind | undefined;
  readonly severity?: Severity | undefined;
  /** A portal's stable id; incidents of several count that have it among them. */
  readonly portal?: string | undefined;
  /** The agency's stable id, and the province's code, of such a portal. */
  readonly agency?: string | undefined;
  readonly province?: string | undefined;
  /** Incidents that were going on at some moment of the span: `from` included, `to` excluded. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** Opening (ISO 8601, as exact as the database has it) and number of the last incident shown. */
export type IncidentPosition = readonly [string, number];

/** Incidents, the latest opening first. `now` in milliseconds since the epoch. */
export async function listIncidents(
  db: Database,
  now: number,
  filter: IncidentFilter,
  page: PageRequest<IncidentPosition>,
): Promise<Page<IncidentRow, IncidentPosition>> {
  let query = filtered(db, now, filter)
    .orderBy("i.opened_at", "desc")
    .orderBy("i.id", "desc")
    .limit(page.limit + 1);
  if (page.after) {
    const [at, id] = page.after;
    query = query.where(sql<boolean>`(i.opened_at, i.id) < (${at}::timestamptz, ${id})`);
  }
  const { rows, next } = toPage(await query.execute(), page.limit, (row): IncidentPosition => [
    row.opened_at.toISOString(),
    row.id,
  ]);
  return { rows: rows.map(toIncidentRow), next };
}

function filtered(db: Database, now: number, filter: IncidentFilter) {
  let query = incidentsQuery(db, now);
  const { open, kind, severity, portal, agency, province, from, to } = filter;
  if (open !== undefined) query = query.where("i.resolved_at", open ? "is" : "is not", null);
  if (kind !== undefined) query = query.where("i.kind", "=", kind);
  if (severity !== undefined) query = query.where("i.severity", "=", severity);
  if (to !== undefined) query = query.where("i.opened_at", "<", to);
  if (from !== undefined) {
    query = query.where(sql<boolean>`(i.resolved_at is null or i.resolved_at >= ${from})`);
  }
  if (portal !== undefined) query = query.where(concerns(sql`p.slug = ${portal}`));
  if (agency !== undefined) query = query.where(concerns(sql`a.slug = ${agency}`));
  if (province !== undefined) query = query.where(concerns(sql`u.code = ${province}`));
  return query;
}

/** Whether the incident's own portal, or one of its members, is such a portal; both are found by index. */
function concerns(condition: RawBuilder<unknown>) {
  const such = sql`(select p.id from portal p join agency a on a.id = p.agency_id
    left join admin_unit u on u.id = p.province_id where ${condition})`;
  return sql<boolean>`i.id in (select own.id from incident own where own.portal_id in ${such}
    union all select m.incident_id from incident_member m where m.portal_id in ${such})`;
}
