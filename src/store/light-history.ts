import { sql } from "kysely";
import { addDays, type Day } from "../domain/calendar.ts";
import { HISTORY_DAYS, type LightProbeHistory } from "../domain/readiness.ts";
import type { Database } from "./database.ts";

/** What is known of a portal without any light probe. */
const NO_HISTORY: LightProbeHistory = { days: 0, successRatio: { ip4: null, ip6: null } };

/**
 * Light-probe success of one portal over the thirty days before a day, which itself is not among them: they have
 * ended, so the answer is the same whenever it is asked. Days are those of the roll-ups (REPORT_TIMEZONE).
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
  // A day counts when every family was judged on it that was judged at all in the thirty days: published, that is,
  // and tested. What was published later than the first day has fewer days for that reason.
  const { rows } = await sql<{
    portal: number;
    days: number;
    ip4: number | null;
    ip6: number | null;
  }>`
    with daily as (
      select portal_id, day, count(*) filter (where ok + degraded + fail > 0) as families,
        sum(ok + degraded) filter (where family = 'ip4') as good4,
        sum(ok + degraded + fail) filter (where family = 'ip4') as judged4,
        sum(ok + degraded) filter (where family = 'ip6') as good6,
        sum(ok + degraded + fail) filter (where family = 'ip6') as judged6
      from probe_rollup_day
      where vantage_id = ${vantageId} and day >= ${addDays(day, -HISTORY_DAYS)}::date and day < ${day}::date
        and (${portalIds}::int[] is null or portal_id = any(${portalIds}::int[]))
      group by portal_id, day
    ), totals as (
      select portal_id, sum(good4) as good4, nullif(sum(judged4), 0) as judged4, sum(good6) as good6,
        nullif(sum(judged6), 0) as judged6, count(*) filter (where families = 1) as on_one,
        count(*) filter (where families = 2) as on_both
      from daily group by portal_id
    )
    select portal_id as portal,
      case when judged4 > 0 and judged6 > 0 then on_both else on_one end as days,
      (good4 / judged4)::float8 as ip4, (good6 / judged6)::float8 as ip6
    from totals`.execute(db);
  return new Map(
    rows.map(({ portal, days, ip4, ip6 }) => [portal, { days, successRatio: { ip4, ip6 } }]),
  );
}
