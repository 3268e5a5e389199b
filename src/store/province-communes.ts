import { sql } from "kysely";
import type { Day } from "./column-types.ts";
import type { Database } from "./database.ts";

/** A unit with its full name (`Xã Đông Anh`) on a day. */
export interface NamedUnit {
  readonly id: number;
  readonly code: string;
  readonly name: string;
}

/** The province that had a code on a day, with its communes of that day by code; null where there was none. */
export async function provinceCommunes(
  db: Database,
  code: string,
  day: Day,
): Promise<{ readonly province: NamedUnit; readonly communes: readonly NamedUnit[] } | null> {
  const { rows } = await sql<NamedUnit & { level: string }>`
    with province as (
      select id from admin_unit u where level = 'province' and code = ${code} and ${there("u", day)}
    )
    select u.id, u.code, u.level, a.full_name_vi as name
    from admin_unit u
    join admin_unit_attribute a on a.unit_id = u.id and ${there("a", day)}
    join province p on p.id = u.id or (u.level = 'commune' and p.id = a.parent_id)
    where ${there("u", day)}
    order by u.level = 'commune', u.code`.execute(db);
  const [province, ...communes] = rows.map(({ level: _level, ...unit }) => unit);
  return province ? { province, communes } : null;
}

function there(table: "u" | "a", day: Day) {
  return sql`${sql.ref(`${table}.valid_from`)} <= ${day}::date
    and coalesce(${sql.ref(`${table}.valid_to`)} > ${day}::date, true)`;
}
