import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { Database } from "../../store/database.ts";
import type { ChangeRow } from "./change-row.ts";

/** Days after the first one, up to and with the last one. */
export interface Days {
  readonly after: Day;
  readonly until: Day;
}

/** What became of units on those days, by day and code. */
export async function changedUnits(
  db: Database,
  days: Days,
  part: { readonly limit: number; readonly offset: number },
): Promise<ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`
    select 'unit_changed' as kind, e.effective_date as as_of, ${unit("f")} as unit, null as indicator,
      null as indicator_version, null as operator, null as basis, null as source, null as old, null as new,
      null as reason, null as submission, false as method_break,
      jsonb_build_object('kind', e.kind, 'part', e.part, 'to', ${unit("t")}, 'legal_document', e.legal_document,
        'old_type', case when e.kind = 'retype' then (select a.type from admin_unit_attribute a
          where a.unit_id = f.id and a.valid_to = e.effective_date) end,
        'new_type', case when e.kind = 'retype' then (select a.type from admin_unit_attribute a
          where a.unit_id = t.id and a.valid_from = e.effective_date) end) as event
    ${events(days)}
    order by e.effective_date, f.level collate "C", f.code, t.code, e.id
    limit ${part.limit} offset ${part.offset}`.execute(db);
  return rows;
}

/** How many units changed on those days. */
export async function countChangedUnits(db: Database, days: Days): Promise<number> {
  const { rows } = await sql<{ units: number }>`
    select count(distinct f.id) as units ${events(days)}`.execute(db);
  return rows[0]?.units ?? 0;
}

function events({ after, until }: Days) {
  return sql`from admin_unit_event e
    join admin_unit f on f.id = e.from_unit_id join admin_unit t on t.id = e.to_unit_id
    where e.effective_date > ${after}::date and e.effective_date <= ${until}::date`;
}

function unit(side: "f" | "t") {
  const of = (column: string) => sql.ref(`${side}.${column}`);
  return sql`jsonb_build_object('level', ${of("level")}, 'code', ${of("code")},
    'valid_from', ${of("valid_from")}, 'name_vi', ${of("name_vi")})`;
}
