import { sql } from "kysely";
import type { RuleId } from "../../domain/coverage/import-fault.ts";
import type { Database } from "../../store/database.ts";

/** How many rows of one file wait because of one rule; a row that two rules hold counts for both. */
export interface HeldGroup {
  readonly submission: number;
  readonly file: string;
  readonly rule: RuleId;
  readonly rows: number;
}

/** What waits for a person, by file and rule, oldest file first; `province`: of its units alone. */
export async function heldGroups(db: Database, province: string | null): Promise<HeldGroup[]> {
  const { rows } = await sql<HeldGroup>`
    select h.submission_id as submission, s.file_name as file, r.rule, count(*) as rows
    from held_row h
    join submission s on s.id = h.submission_id
    join admin_unit u on u.id = h.unit_id
    left join admin_unit p on p.id = u.parent_id
    cross join unnest(h.rules) as r(rule)
    where h.state in ('pending', 'proposed')
      and (${province}::text is null or coalesce(p.code, u.code) = ${province})
    group by h.submission_id, s.file_name, r.rule
    order by h.submission_id, r.rule`.execute(db);
  return rows;
}
