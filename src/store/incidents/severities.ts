import { sql } from "kysely";
import type { IncidentKind, IncidentScope, Severity } from "../../domain/incident/kinds.ts";
import type { PortalKind } from "../../domain/portal.ts";
import type { Database } from "../database.ts";

/** How urgent incidents of one kind and scope are, for portals of one kind or (`*`) for all that no other row names. */
export interface SeverityRow {
  readonly kind: IncidentKind;
  readonly scope: IncidentScope;
  readonly portal_kind: PortalKind | "*";
  readonly severity: Severity;
}

/** The severity of an incident; `null` stands for what is no portal. */
export type SeverityOf = (
  kind: IncidentKind,
  scope: IncidentScope,
  portal: PortalKind | null,
) => Severity;

/** What an incident gets that no row speaks of: seen, and nobody is woken. */
const WITHOUT_ROW: Severity = "minor";

/** The severities that the rows give: those of the portal's kind before those of `*`. */
export function severitiesFrom(rows: readonly SeverityRow[]): SeverityOf {
  const known = new Map(
    rows.map((row) => [key(row.kind, row.scope, row.portal_kind), row.severity]),
  );
  return (kind, scope, portal) =>
    known.get(key(kind, scope, portal ?? "*")) ?? known.get(key(kind, scope, "*")) ?? WITHOUT_ROW;
}

/** The severities that the database holds. */
export async function readSeverities(db: Database): Promise<SeverityOf> {
  return severitiesFrom(await db.selectFrom("incident_severity").selectAll().execute());
}

/** Makes the table hold exactly these rows; returns how many were added or changed. `db` is a transaction. */
export async function putSeverities(db: Database, rows: readonly SeverityRow[]): Promise<number> {
  const columns = [
    rows.map((row) => row.kind),
    rows.map((row) => row.scope),
    rows.map((row) => row.portal_kind),
    rows.map((row) => row.severity),
  ].map((values) => sql`${values}::text[]`);
  const { rows: put } = await sql`
    insert into incident_severity as known (kind, scope, portal_kind, severity)
    select * from unnest(${sql.join(columns)})
    on conflict (kind, scope, portal_kind) do update set severity = excluded.severity
    where known.severity <> excluded.severity
    returning 1`.execute(db);
  await sql`
    delete from incident_severity where (kind, scope, portal_kind) not in (
      select * from unnest(${sql.join(columns.slice(0, 3))}))`.execute(db);
  return put.length;
}

function key(kind: IncidentKind, scope: IncidentScope, portal: PortalKind | "*"): string {
  return `${kind} ${scope} ${portal}`;
}
