import { sql } from "kysely";
import { CAUSE_TYPES, type CauseType } from "../../domain/incident/common-cause.ts";
import type { IncidentKind, Severity } from "../../domain/incident/kinds.ts";
import { readSubject } from "../../domain/incident/subject.ts";
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
  /** Portals with an open incident that is a part of it. */
  readonly portals: number;
}

/** All common causes that are open and that somebody is to be told of, by number. */
export async function openCommonCauses(db: Database): Promise<CommonCause[]> {
  const { rows } = await sql<Omit<CommonCause, "cause"> & { subject: string }>`
    select i.id as incident, i.subject, i.kind, i.severity,
      (select count(distinct c.portal_id) from incident c
        where c.parent_id = i.id and c.resolved_at is null) as portals
    from incident i
    where i.resolved_at is null and i.portal_id is null and i.vantage_id is null and i.kind <> 'certificate'
      and ${isSpokenOf("i")}
    order by i.id`.execute(db);
  return rows.flatMap(({ subject, ...row }) => {
    const { type } = readSubject(subject);
    const cause = CAUSE_TYPES.find((each) => each === type);
    return cause === undefined ? [] : [{ ...row, cause }];
  });
}
