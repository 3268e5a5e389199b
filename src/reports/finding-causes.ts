import { sql } from "kysely";
import type { CauseKind, CheckId } from "../domain/finding.ts";
import type { Database } from "../store/database.ts";
import { type Page, type PageRequest, toPage, type Viewpoint } from "./page.ts";
import { inScope, type Scope } from "./scope.ts";

/** One thing that causes findings, and how many. */
export interface CauseRow {
  readonly kind: CauseKind;
  readonly name: string;
  readonly portals: number;
  readonly findings: number;
  readonly checks: readonly CheckId[];
}

/** Which findings; every part but the scope is optional. */
export interface CauseFilter {
  readonly scope: Scope;
  readonly kind?: CauseKind | undefined;
  readonly agency?: string | undefined;
  readonly province?: string | undefined;
}

/** Portals, kind and name of the last cause shown. */
export type CausePosition = readonly [number, string, string];

/** What the present findings of portals in use are caused by, the cause of the most portals first. */
export async function listCauses(
  db: Database,
  view: Viewpoint,
  filter: CauseFilter,
  page: PageRequest<CausePosition>,
): Promise<Page<CauseRow, CausePosition>> {
  const { kind = null, agency = null, province = null } = filter;
  const [portals, afterKind, afterName] = page.after ?? [null, null, null];
  const { rows } = await sql<CauseRow>`
    select kind, name, portals, findings, checks from (
      select c.kind collate "C" as kind, c.name collate "C" as name, count(distinct f.portal_id) as portals,
        count(*) as findings, array_agg(distinct f.check_id order by f.check_id) as checks
      from finding f
      join vantage v on v.id = f.vantage_id and v.name = ${view.vantage}
      join portal p on p.id = f.portal_id and p.lifecycle = 'active'
      join agency a on a.id = p.agency_id
      left join admin_unit u on u.id = p.province_id
      cross join lateral jsonb_to_recordset(f.causes) as c(kind text, name text)
      where f.ended_at is null and f.verdict in ('warn', 'fail') and ${inScope(filter.scope)}
        and (${kind}::text is null or c.kind = ${kind})
        and (${agency}::text is null or a.slug = ${agency})
        and (${province}::text is null or u.code = ${province})
      group by 1, 2) counted
    where ${portals}::bigint is null or portals < ${portals}
      or (portals = ${portals} and (kind, name) > (${afterKind}, ${afterName}))
    order by portals desc, kind, name
    limit ${page.limit + 1}`.execute(db);
  return toPage(rows, page.limit, (row): CausePosition => [row.portals, row.kind, row.name]);
}
