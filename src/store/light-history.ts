import { sql } from "kysely";
import { addDays, type Day } from "../domain/calendar.ts";
import { HISTORY_DAYS, type LightProbeHistory } from "../domain/readiness.ts";
import type { Database } from "./database.ts";

/** How far back thirty days of history are looked for: a tenth more, for days on which the prober was down itself. */
const SEARCHED_DAYS = HISTORY_DAYS + 3;

/** What is known of a portal without any light probe. */
const NO_HISTORY: LightProbeHistory = { days: 0, successRatio: { ip4: null, ip6: null } };

/**
 * Light-probe success of one portal in its last thirty days of history before a day, which itself is not among them:
 * they have ended, so the answer is the same whenever it is asked. A day of history is one on which every published
 * family could be judged. L4 takes thirty of them (reference b.7); they are looked for among the last thirty-three, so
 * that a day or three on which our own prober or uplink was down count neither for a portal nor against it: thirty
 * days are measured all the same, and none of the portal's failures in between is left out. Days are those of the
 * roll-ups (REPORT_TIMEZONE).
 */
export async function lightProbeHistory(
  db: Database,
  portalId: number,
  vantageId: number,
  day: Day,
): Promise<LightProbeHistory> {
  const histories = await lightProbeHistories(db, vantageId, day, [portalId]);
  return histories.get(portalId) ?? NO_HISTORY;
}

/** The same for many portals in one query, all where none is named; those without any light probe are left out. */
export async function lightProbeHistories(
  db: Database,
  vantageId: number,
  day: Day,
  portalIds: readonly number[] | null = null,
): Promise<Map<number, LightProbeHistory>> {
  // Published is a family that was judged at all in this time; what was published later than the first day has fewer
  // days of history for that reason.
  const { rows } = await sql<{
    portal: number;
    days: number;
    ip4: number | null;
    ip6: number | null;
  }>`
    with daily as (
      select portal_id, day, count(*) filter (where ok + degraded + fail > 0) as families,
        sum(ok + degraded) filter (where family = 'ip4') as good4,
        coalesce(sum(ok + degraded + fail) filter (where family = 'ip4'), 0) as judged4,
        sum(ok + degraded) filter (where family = 'ip6') as good6,
        coalesce(sum(ok + degraded + fail) filter (where family = 'ip6'), 0) as judged6
      from probe_rollup_day
      where vantage_id = ${vantageId} and day >= ${addDays(day, -SEARCHED_DAYS)}::date and day < ${day}::date
        and (${portalIds}::int[] is null or portal_id = any(${portalIds}::int[]))
      group by portal_id, day
    ), complete as (
      select *, families > 0 and families = (sum(judged4) over own > 0)::int + (sum(judged6) over own > 0)::int as whole
      from daily window own as (partition by portal_id)
    ), counted as (
      select *, count(*) filter (where whole) over (partition by portal_id order by day desc) as nth from complete
    )
    select portal_id as portal, least(count(*) filter (where whole), ${HISTORY_DAYS})::int as days,
      (sum(good4) / nullif(sum(judged4), 0))::float8 as ip4, (sum(good6) / nullif(sum(judged6), 0))::float8 as ip6
    from counted where nth < ${HISTORY_DAYS} or nth = ${HISTORY_DAYS} and whole
    group by portal_id`.execute(db);
  return new Map(
    rows.map(({ portal, days, ip4, ip6 }) => [portal, { days, successRatio: { ip4, ip6 } }]),
  );
}
