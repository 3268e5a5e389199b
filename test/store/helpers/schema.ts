import { sql } from "kysely";
import type { Database } from "../../../src/store/database.ts";

/** Columns, constraints and indexes of all tables as text, the same from every kind of database. */
export async function describeSchema(db: Database): Promise<string> {
  const { rows } = await sql<{ line: string }>`
    with tables as (
      select pg_class.oid, relname from pg_class
      join pg_namespace on pg_namespace.oid = relnamespace and nspname = current_schema()
      where relkind in ('r', 'p') and not relispartition and relname not like 'kysely_migration%'
    )
    select relname || '.' || attname || ' ' || format_type(atttypid, atttypmod)
      || case when attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
      || case attidentity when '' then '' else ' identity' end as line, relname, 1 as part, attnum::int as place
    from tables join pg_attribute on attrelid = tables.oid and attnum > 0 and not attisdropped
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    union all
    select relname || ': ' || pg_get_constraintdef(pg_constraint.oid), relname, 2, 0
    from tables join pg_constraint on conrelid = tables.oid and contype in ('p', 'u', 'f', 'c', 'x')
    union all
    select relname || ': ' || pg_get_indexdef(indexrelid), relname, 3, 0
    from tables join pg_index on indrelid = tables.oid
    order by relname, part, place, line`.execute(db);
  return `${rows.map(({ line }) => line).join("\n")}\n`;
}
