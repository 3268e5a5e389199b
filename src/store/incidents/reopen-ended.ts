import { sql } from "kysely";
import type { Held } from "../../domain/incident/telling.ts";
import type { Database } from "../database.ts";
import { CHANGEABLE, changeableColumns, standingOf, type ChangeOf } from "./incident-values.ts";
import type { TimelineEntry } from "./timeline.ts";

/**
 * Lets ended incidents go on, unless they do or another of their kind is open; returns what their timelines say. One
 * whose end was told is to be told again; one that a person had ended waits for a person again. What is to be told
 * waits for the next round, as what is opened does.
 */
export async function reopenEnded(
  trx: Database,
  changes: readonly ChangeOf<"reopen">[],
  now: number,
): Promise<TimelineEntry[]> {
  if (changes.length === 0) return [];
  const facts = changes.map(({ incident }) => incident);
  const { rows } = await sql<{ id: number; was_resolved_at: Date; was_closed_by: string }>`
    update incident set
      (${CHANGEABLE}) = (given.family, given.scope, given.severity, given.cause,
        least(incident.opened_at, given.opened_at), given.confirmed_at, given.last_bad_at,
        given.confirmation, given.evidence, given.flapping),
      resolved_at = null, closed_by = null, reopened = incident.reopened + 1,
      held = case when ended.told_at is null or ended.told_resolved_at is not null then ${"group" satisfies Held} end,
      told_at = case when ended.told_resolved_at is null then ended.told_at end,
      told_severity = case when ended.told_resolved_at is null then ended.told_severity end,
      told = case when ended.told_resolved_at is null then ended.told end,
      escalation_step = case when ended.told_resolved_at is null then ended.escalation_step else 0 end,
      escalate_at = case when ended.told_resolved_at is null then ended.escalate_at end,
      told_resolved_at = null,
      ack_by = case when ended.closed_by <> 'person' then ended.ack_by end,
      ack_at = case when ended.closed_by <> 'person' then ended.ack_at end,
      ack_until = case when ended.closed_by <> 'person' then ended.ack_until end,
      updated_at = ${new Date(now)}::timestamptz
    from unnest(${changes.map(({ id }) => id)}::bigint[], ${changeableColumns(facts)})
      as given(id, ${CHANGEABLE})
    join incident as ended on ended.id = given.id and ended.resolved_at is not null
    where incident.id = given.id and not exists (
      select from incident as other where other.resolved_at is null and other.kind = ended.kind
        and other.subject = ended.subject and other.network = ended.network)
    returning incident.id, ended.resolved_at as was_resolved_at, ended.closed_by as was_closed_by`.execute(
    trx,
  );
  const before = new Map(rows.map((row) => [row.id, row]));
  return changes.flatMap(({ at, id, incident }) => {
    const was = before.get(id);
    if (was === undefined) return [];
    const facts = {
      ...standingOf(incident),
      resolved_at: was.was_resolved_at.toISOString(),
      closed_by: was.was_closed_by,
    };
    return [{ incident: id, event: "reopened", at, actor: null, facts }];
  });
}
