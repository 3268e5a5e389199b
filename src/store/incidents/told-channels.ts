import { sql } from "kysely";
import type { OpenRow } from "./open-rows.ts";
import type { Round } from "./round.ts";

/**
 * Channels that were told of these incidents since they last began; one that has given up on what it was told has not
 * been told.
 */
export async function readToldChannels(
  { trx }: Round,
  rows: readonly OpenRow[],
): Promise<Map<number, readonly string[]>> {
  if (rows.length === 0) return new Map();
  const { rows: found } = await sql<{ incident: number; channels: string[] }>`
    select told.incident_id as incident, array_agg(distinct told.channel) as channels
    from notification told left join notification whole on whole.id = told.merged_into
    where told.incident_id = any(${rows.map(({ id }) => id)}::bigint[])
      and told.event in ('opened', 'changed', 'flapping', 'escalated')
      and coalesce(whole.state, told.state) <> 'dead'
      and told.id > coalesce((select max(id) from notification ended
        where ended.incident_id = told.incident_id and ended.event = 'resolved'), 0)
    group by 1`.execute(trx);
  return new Map(found.map(({ incident, channels }) => [incident, channels]));
}
