import { type RawBuilder, sql } from "kysely";
import type { Database } from "./database.ts";

/**
 * The code of the province that a unit is in today, also where the unit itself became a part of others: codes of
 * provinces have changed owners. Null for the country. `unitId` is a number or a column.
 */
export function presentProvinceSql(unitId: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql<string | null>`(
    with recursive heir(id) as (
      select ${unitId}
      union
      select e.to_unit_id from admin_unit_event e join heir on heir.id = e.from_unit_id where e.part is not null
    )
    select p.code from heir
    join admin_unit u on u.id = heir.id and u.valid_to is null
    join admin_unit p on p.id = case u.level when 'province' then u.id else u.parent_id end
    order by p.code limit 1)`;
}

/** Numbers of a province of today (by its code), of its units and of all that they came from, as a subquery. */
export function unitsOfProvinceSql(code: string): RawBuilder<unknown> {
  return sql`(
    with recursive part(id) as (
      select u.id from admin_unit p join admin_unit u on u.id = p.id or u.parent_id = p.id
      where p.level = 'province' and p.code = ${code} and p.valid_to is null and u.valid_to is null
      union
      select e.from_unit_id from admin_unit_event e join part on part.id = e.to_unit_id where e.part is not null)
    select id from part)`;
}

/** The province that a unit is in today, by its code. */
export async function presentProvince(db: Database, unitId: number): Promise<string | null> {
  const { rows } = await sql<{
    code: string | null;
  }>`select ${presentProvinceSql(sql`${unitId}::int`)} as code`.execute(db);
  return rows[0]?.code ?? null;
}
