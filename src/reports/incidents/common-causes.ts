import { sql } from "kysely";
import { CAUSE_TYPES, type CauseType } from "../../domain/incident/common-cause.ts";
import type { IncidentKind, Severity } from "../../domain/incident/kinds.ts";
import { readSubject } from "../../domain/incident/subject.ts";
import type { Held } from "../../domain/incident/telling.ts";
import type { Database } from "../../store/database.ts";
import { isSpokenOf } from "./spoken-of.ts";

/** An open common cause. */
export interface CommonCause {
  /** The incident's number. */
  readonly incident: number;
  /** What its portals share. */
  readonly cause: CauseType;
  readonly kind: IncidentKind;
  readonly severity: Severity;
  /** Why nobody is told of it at present; that others speak is no such reason. */
  readonly held: Held | null;
  /** Portals with an open incident that is a part of it. */
  readonly portals: number;
}

/** All common causes that are open, by number. */
export async function openCommonCauses(db: Database): Promise<CommonCause[]> {
  const { rows } = await sql<Omit<CommonCause, "cause"> & { subject: string }>`
    select i.id as incident, i.subject, i.kind, i.severity,
      case when not ${isSpokenOf("i")} then i.held end as held,
      (select count(distinct c.portal_id) from incident c
        where c.parent_id = i.id and c.resolved_at is null) as portals
    from incident i
    where i.resolved_at is null and i.portal_id is null and i.vantage_id is null and i.kind <> 'certificate'
    order by i.id`.execute(db);
  return rows.flatMap(({ subject, ...row }) => {
    const { type } = readSubject(subject);
    const cause = CAUSE_TYPES.find((each) => each === type);
    return cause === undefined ? [] : [{ ...row, cause }];
  });
}
