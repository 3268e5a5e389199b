import { sql } from "kysely";
import type { Day } from "./column-types.ts";
import type { Database } from "./database.ts";

/** A count that the register has of a commune. */
export interface KnownCount {
  readonly code: string;
  readonly kind: string;
  readonly count: number;
  readonly source: string;
  readonly asOf: Day;
}

/**
 * The counts that fit communes best on a day: of each kind those of one source and day, the latest that is not after
 * it, else the one that has most of them. Counts of different origin are never mixed.
 */
export async function knownCounts(
  db: Database,
  communes: readonly number[],
  day: Day,
): Promise<KnownCount[]> {
  const { rows } = await sql<KnownCount>`
    with last as (
      select distinct on (d.unit_id, d.kind, d.as_of, d.source) d.unit_id, d.kind, d.as_of, d.source, d.value
      from coverage_denominator d
      where d.as_of <= ${day}::date
        and d.unit_id in (select value::int from json_array_elements_text(${JSON.stringify(communes)}::json))
      order by d.unit_id, d.kind, d.as_of, d.source, d.revision desc
    ), origin as (
      select distinct on (kind) kind, as_of, source from last
      group by kind, as_of, source order by kind, as_of desc, count(*) desc, source
    )
    select u.code, l.kind, l.value as count, l.source, l.as_of as "asOf"
    from last l join origin o using (kind, as_of, source) join admin_unit u on u.id = l.unit_id
    order by l.kind, u.code`.execute(db);
  return rows;
}
