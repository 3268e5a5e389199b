import { sql } from "kysely";
import type { Day } from "./column-types.ts";
import type { Database } from "./database.ts";

/** How many households, people, hamlets … a unit has on a day, and who says so. */
export interface DenominatorInput {
  readonly unitId: number;
  readonly kind: string;
  readonly asOf: Day;
  readonly value: number;
  /** Counts of different origin are never added up or mixed. */
  readonly source: string;
  readonly sourceUrl: string | null;
}

/**
 * Adds counts: the first of its unit, kind, day and source as revision 1, another one as a correction, an equal one
 * not at all; returns how many were added. `trx` is a transaction; no two counts are of one key.
 */
export async function addDenominators(
  trx: Database,
  counts: readonly DenominatorInput[],
  given: { readonly reason: string | null; readonly by: string; readonly now: Date },
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into coverage_denominator (unit_id, kind, as_of, value, source, source_url, revision, reason, recorded_by,
      recorded_at)
    select g."unitId", g.kind, g."asOf", g.value, g.source, g."sourceUrl", coalesce(c.revision, 0) + 1,
      case when c.id is not null then ${given.reason}::text end, ${given.by}, ${given.now.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(counts)}::json) as g("unitId" int, kind text, "asOf" date,
      value bigint, source text, "sourceUrl" text)
    left join lateral (
      select d.* from coverage_denominator d
      where d.unit_id = g."unitId" and d.kind = g.kind and d.as_of = g."asOf" and d.source = g.source
      order by d.revision desc limit 1) c on true
    where c.id is null or c.value <> g.value`.execute(trx);
  return Number(numAffectedRows ?? 0);
}
