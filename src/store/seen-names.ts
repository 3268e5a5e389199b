import { sql } from "kysely";
import type { SeenName } from "../domain/seen-names.ts";
import type { Database } from "./database.ts";

/**
 * Notes names that were seen, at a portal (by its number) or in a list (null); returns how many are new. A known name
 * keeps where it was seen first and what was decided about it, and is noted again once a day at most.
 */
export async function noteNames(
  trx: Database,
  portal: number | null,
  names: readonly SeenName[],
  at: Date,
): Promise<number> {
  if (names.length === 0) return 0;
  const { rows } = await sql<{ added: boolean }>`
    insert into seen_name (host, how, portal_id, detail, first_seen, last_seen)
    select host, how, ${portal}::int, detail, ${at}::timestamptz, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as given(host text, how text, detail text)
    order by host
    on conflict (host) do update
    set first_seen = least(seen_name.first_seen, excluded.first_seen),
      last_seen = greatest(seen_name.last_seen, excluded.last_seen)
    where seen_name.last_seen < excluded.last_seen - interval '1 day'
      or seen_name.first_seen > excluded.first_seen
    returning xmax = 0 as added`.execute(trx);
  return rows.filter(({ added }) => added).length;
}
