import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { UnitLevel } from "../../domain/coverage/indicator.ts";
import type { Database } from "../../store/database.ts";

/** A file that brought figures of a unit, or of the communes of a province. */
export interface FigureOrigin {
  readonly submission: number;
  readonly sha256: string;
  readonly received_at: Date;
  readonly source: { readonly code: string; readonly name_vi: string; readonly name_en: string };
  readonly made_up: boolean;
  /** Revisions that it brought, and the first and last day that they are true of. */
  readonly figures: number;
  readonly from: Day;
  readonly to: Day;
}

/** Where the figures of a unit of today came from, and those of its communes; the last that came first, `limit` at most. */
export async function figureOrigins(
  db: Database,
  {
    level,
    code,
    limit,
  }: { readonly level: UnitLevel; readonly code: string; readonly limit: number },
): Promise<FigureOrigin[]> {
  const { rows } = await sql<FigureOrigin>`
    with wanted as (
      select u.id from admin_unit u left join admin_unit p on p.id = u.parent_id
      where u.valid_to is null and ((u.level = ${level} and u.code = ${code})
        or (${level} = 'province' and p.level = 'province' and p.code = ${code}))
    )
    select m.id as submission, m.sha256, m.received_at, s.made_up,
      json_build_object('code', s.code, 'name_vi', s.name_vi, 'name_en', s.name_en) as source,
      f.figures, f.first as "from", f.last as "to"
    from (
      select submission_id, source_code, count(*) as figures, min(as_of) as first, max(as_of) as last
      from coverage_figure where unit_id in (select id from wanted)
      group by submission_id, source_code
    ) f
    join submission m on m.id = f.submission_id
    join coverage_source s on s.code = f.source_code
    order by m.received_at desc, m.id desc, s.code
    limit ${limit}`.execute(db);
  return rows;
}

/** Codes of the indicators that there is any figure of, of a unit of today, its communes, or what they were made from. */
export async function indicatorsReported(
  db: Database,
  { level, code }: { readonly level: UnitLevel; readonly code: string },
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ indicator: string }>`
    with recursive wanted(id) as (
      select u.id from admin_unit u left join admin_unit p on p.id = u.parent_id
      where u.valid_to is null and ((u.level = ${level} and u.code = ${code})
        or (${level} = 'province' and p.level = 'province' and p.code = ${code}))
      union
      select e.from_unit_id from admin_unit_event e join wanted w on w.id = e.to_unit_id
      where e.part is not null
    )
    select distinct indicator_code as indicator from coverage_figure
    where unit_id in (select id from wanted)`.execute(db);
  return new Set(rows.map(({ indicator }) => indicator));
}
