import { sql } from "kysely";
import type { Family } from "../../domain/family.ts";
import { prefixSql } from "./prefix-sql.ts";
import type { Round } from "./round.ts";

/** A portal that began to fail over one family as one vantage point sees it. */
export interface Failing {
  readonly portal: number;
  readonly family: Family;
  readonly vantage: number;
  /** Milliseconds since the epoch. */
  readonly firstBadAt: number;
  /** Networks of the addresses that its name had last. */
  readonly prefixes: readonly string[];
}

/** Everything that fails, confirmed or not, and began to after an instant; nothing else is read while all is well. */
export async function countFailing({ trx }: Round, since: number): Promise<Failing[]> {
  const { rows } = await sql<Failing>`
    select ill.portal_id as portal, ill.family, ill.vantage_id as vantage, ill.first_bad_at as "firstBadAt",
      coalesce((select array_agg(distinct ${prefixSql(sql.ref("seen.address"), sql.ref("seen.family"))})
        from portal_address seen where seen.portal_id = ill.portal_id and seen.family = ill.family
          and seen.last_seen >= to_timestamp(ill.first_bad_at / 1000.0) - interval '1 hour'), '{}') as prefixes
    from (
      select portal_id, family, vantage_id,
        coalesce((track #>> '{conditions,reach,firstBadAt}')::numeric, extract(epoch from since) * 1000)::bigint
          as first_bad_at
      from portal_track
      where phase in ('suspect', 'down') and since >= ${new Date(since)}
    ) as ill
    where ill.first_bad_at >= ${since}`.execute(trx);
  return rows;
}

/** Portals that a vantage point watches over a family and that do not fail since before an instant. */
export async function countWatched(
  { trx, now, intervalMs }: Round,
  vantage: number,
  family: Family,
  since: number,
): Promise<number> {
  const { rows } = await sql<{ watched: number }>`
    select count(*) as watched from probe_latest latest
    where latest.vantage_id = ${vantage} and latest.family = ${family} and latest.outcome <> 'no_address'
      and latest.scheduled_at >= ${new Date(now - 3 * intervalMs - 60_000)}
      and not exists (select from portal_track old where old.portal_id = latest.portal_id
        and old.family = latest.family and old.vantage_id = latest.vantage_id
        and old.phase in ('down', 'recovering') and old.since < ${new Date(since)})`.execute(trx);
  return rows[0]?.watched ?? 0;
}
