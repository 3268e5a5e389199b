import { sql } from "kysely";
import type { Family } from "../../domain/family.ts";
import type { IncidentKind, Severity } from "../../domain/incident/kinds.ts";
import type { Held } from "../../domain/incident/telling.ts";
import type { Database } from "../../store/database.ts";
import { isSpokenOf } from "./spoken-of.ts";

/** An open incident of one portal. */
export interface OpenOfPortal {
  /** The portal's number. */
  readonly portal: number;
  readonly incident: number;
  readonly kind: IncidentKind;
  readonly severity: Severity;
  /** The one family that is meant; null: all. */
  readonly family: Family | null;
  /** Why nobody is told of it at present; of a part of a common cause that is held itself, why that is. */
  readonly held: Held | null;
  /** Whether it is a part of a common cause that is open. */
  readonly inCommonCause: boolean;
  /** Milliseconds since the epoch. */
  readonly openedAt: number;
}

/**
 * Open incidents by portal, its own and those of certificates that it presents; common causes are not among them, for
 * their parts are. Of all portals, or of these (by number); in the order of portals and openings.
 */
export async function openByPortal(
  db: Database,
  portals: readonly number[] | null = null,
): Promise<OpenOfPortal[]> {
  const { rows } = await sql<Omit<OpenOfPortal, "openedAt"> & { opened_at: Date }>`
    with ours as (
      select i.portal_id as portal, i.id as incident, i.kind, i.severity, i.family,
        case when i.held = 'child' and not ${isSpokenOf("p")} then p.held else i.held end as held, i.opened_at,
        p.id is not null as "inCommonCause"
      from incident i
      left join incident p on p.id = i.parent_id and p.resolved_at is null and p.portal_id is null
      where i.resolved_at is null and i.portal_id is not null
      union all
      select m.portal_id, i.id, i.kind, i.severity, m.family, i.held, greatest(i.opened_at, m.from_at), false
      from incident i join incident_member m on m.incident_id = i.id and m.to_at is null
      where i.resolved_at is null and i.portal_id is null and i.kind = 'certificate'
    )
    select * from ours
    where ${portals === null} or portal = any(${[...(portals ?? [])]}::int[])
    order by portal, opened_at, incident`.execute(db);
  return rows.map(({ opened_at: openedAt, ...row }) => ({ ...row, openedAt: openedAt.getTime() }));
}
