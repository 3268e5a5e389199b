import { sql } from "kysely";
import type { OpenRow } from "./open-rows.ts";
import type { Round } from "./round.ts";

/**
 * Incidents of one family whose portal was not yet looked at over the other one since, or is suspected there: a total
 * outage is to be told once. A family that the portal does not publish, or this place does not have, is not waited for.
 */
export async function readUnseen({ trx }: Round, rows: readonly OpenRow[]): Promise<Set<number>> {
  const partly = rows.filter(
    ({ kind, family, portal_id, told_at }) =>
      kind === "down" && family !== null && portal_id !== null && told_at === null,
  );
  if (partly.length === 0) return new Set();
  const { rows: unseen } = await sql<{ id: number }>`
    select distinct incident.id
    from unnest(${partly.map(({ id }) => id)}::bigint[]) as given(id)
    join incident on incident.id = given.id
    join probe_latest latest on latest.portal_id = incident.portal_id and latest.family <> incident.family
      and incident.confirmation->'vantages' @> to_jsonb(latest.vantage_id)
    left join portal_track known on known.portal_id = latest.portal_id and known.family = latest.family
      and known.vantage_id = latest.vantage_id
    where latest.outcome in ('ok', 'degraded', 'fail', 'skipped')
      and (latest.scheduled_at < incident.opened_at or latest.outcome = 'skipped' or known.phase = 'suspect')`.execute(
    trx,
  );
  return new Set(unseen.map(({ id }) => id));
}
