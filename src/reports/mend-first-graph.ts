import { sql } from "kysely";
import type { Cause } from "../domain/finding.ts";
import type { ReadinessLevel } from "../domain/readiness.ts";
import { STALE_AFTER_MS } from "../domain/standing.ts";
import type { Database } from "../store/database.ts";
import { scopeSql } from "./compliance-scope.ts";
import type { Viewpoint } from "./page.ts";
import { inScope, type Scope } from "./scope.ts";

/** Which portals are to be lifted; every part but the scope is optional. */
export interface MendFirstFilter {
  readonly scope: Scope;
  /** The agency's id. */
  readonly agency?: string | undefined;
  /** The province's code. */
  readonly province?: string | undefined;
  /** Only lifts to this level count. */
  readonly toLevel?: ReadinessLevel | undefined;
}

/** A portal that is not at the top, with everything that has to be mended for its next level. */
export interface BlockedPortal {
  readonly portal: { readonly id: string; readonly name_vi: string };
  readonly agency: { readonly id: string; readonly name_vi: string };
  readonly from: ReadinessLevel;
  readonly to: ReadinessLevel;
  /** Empty where one of the blockers has no cause that is known: then no mending is known to lift it. */
  readonly causes: readonly Cause[];
}

/** What follows a level; U has no place on the ladder, and after L5 comes nothing. */
const NEXT: Readonly<Partial<Record<ReadinessLevel, ReadinessLevel>>> = {
  LX: "L1",
  L0: "L1",
  L1: "L2",
  L2: "L3",
  L3: "L4",
  L4: "L5",
};

/** Portals that count in shares, whose level the last audit confirmed and that something keeps from the next, by id. */
export async function readBlocked(
  db: Database,
  view: Viewpoint,
  filter: MendFirstFilter,
): Promise<BlockedPortal[]> {
  const levels = Object.keys(NEXT).filter(
    (level) => filter.toLevel === undefined || NEXT[level as ReadinessLevel] === filter.toLevel,
  );
  const { agency = null, province = null } = filter;
  const { rows } = await sql<Row>`
    with k as (
      select p.id, p.slug, p.name_vi, p.host, p.lifecycle, a.slug as agency, a.name_vi as agency_name_vi,
        t.vantage_id, t.last_audit_id, t.level_blockers, t.level_track->>'value' as level
      from standing_track t
      join vantage v on v.id = t.vantage_id and v.name = ${view.vantage}
      join portal p on p.id = t.portal_id and p.lifecycle = 'active'
      join agency a on a.id = p.agency_id
      left join admin_unit u on u.id = p.province_id
      where t.level_track->>'value' = any(${levels}::text[]) and t.level_blockers <> '[]'
        -- While a change of level is not believed yet, the blockers are those of another level.
        and t.level_track->>'pending' is null
        and t.last_audit_at >= ${new Date(view.now - STALE_AFTER_MS)}
        and (${agency}::text is null or a.slug = ${agency})
        and (${province}::text is null or u.code = ${province})
        and ${inScope(filter.scope)}
    )
    select k.slug, k.name_vi, k.agency, k.agency_name_vi, k.level, c.causes
    from k cross join lateral (
      select jsonb_agg(coalesce(f.causes, '[]')) as causes
      from jsonb_to_recordset(k.level_blockers) as b("check" text, family text, reason text)
      left join finding f on f.portal_id = k.id and f.vantage_id = k.vantage_id and f.ended_at is null
        and f.check_id = b."check" and f.family = coalesce(b.family, '') and f.reason = b.reason) c
    where ${scopeSql("k")} = 'counted'
    order by k.slug collate "C"`.execute(db);
  return rows.map((row) => ({
    portal: { id: row.slug, name_vi: row.name_vi },
    agency: { id: row.agency, name_vi: row.agency_name_vi },
    from: row.level,
    to: NEXT[row.level] ?? row.level,
    causes: row.causes.some((each) => each.length === 0) ? [] : row.causes.flat(),
  }));
}

interface Row {
  readonly slug: string;
  readonly name_vi: string;
  readonly agency: string;
  readonly agency_name_vi: string;
  readonly level: ReadinessLevel;
  /** Per blocker, the causes of its finding. */
  readonly causes: readonly (readonly Cause[])[];
}
