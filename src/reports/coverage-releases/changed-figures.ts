import { sql } from "kysely";
import type { Edition } from "../../domain/coverage/release.ts";
import type { Database } from "../../store/database.ts";
import { type ContentChunk, FIGURE_ORDER, revisionsOf } from "../../store/release-content.ts";
import type { ChangeKind, ChangeRow } from "./change-row.ts";

/** An earlier and a later edition. */
export interface Between {
  readonly from: Edition;
  readonly to: Edition;
}

/** Figures of a day that the earlier edition does not reach count as not there. */
const UNREACHED = 0;

/**
 * What became of a figure, of its last revisions `n` (later) and `o` (earlier, null where there was none); null:
 * nothing that a reader of the two would notice.
 */
const KIND = sql<ChangeKind>`case
  when n.id is not distinct from o.id then null
  when n.status = 'withdrawn' then case when o.status <> 'withdrawn' then 'withdrawn' end
  when o.id is null or o.status = 'withdrawn' then 'new'
  else 'revised' end`;

const SAME_FIGURE = sql`o.unit_id = n.unit_id and o.indicator_version = n.indicator_version
  and o.basis = n.basis and o.operator = n.operator and o.source_code = n.source_code`;

/** Indicators and days of which anything was recorded between two editions, in the order of a release's file. */
export async function touchedChunks(
  db: Database,
  { from, to }: Between,
): Promise<readonly ContentChunk[]> {
  const { rows } = await sql<ContentChunk>`
    select * from (${touched({ from, to })}) chunk order by indicator collate "C", "asOf"`.execute(
    db,
  );
  return rows;
}

/** What changed among the figures of one indicator and day, in the order of a release's file. */
export async function changedFigures(
  db: Database,
  { from, to }: Between,
  chunk: ContentChunk,
  part: { readonly limit: number; readonly offset: number; readonly kind?: ChangeKind | undefined },
): Promise<Omit<ChangeRow, "method_break">[]> {
  const before = chunk.asOf <= from.asOf ? from.cut : UNREACHED;
  const { rows } = await sql<Omit<ChangeRow, "method_break">>`
    select f.kind, f.as_of,
      jsonb_build_object('level', u.level, 'code', u.code, 'valid_from', u.valid_from, 'name_vi', u.name_vi) as unit,
      f.indicator_code as indicator, f.indicator_version, f.operator, f.basis, f.source_code as source,
      f.old, f.new, f.reason, f.submission_id as submission, null as event
    from (
      select n.*, ${KIND} as kind,
        case when o.status <> 'withdrawn' then ${value("o")} end as old,
        case when n.status <> 'withdrawn' then ${value("n")} end as new
      from ${revisionsOf(chunk, to.cut)} n left join ${revisionsOf(chunk, before)} o on ${SAME_FIGURE}
    ) f join admin_unit u on u.id = f.unit_id
    where f.kind is not null and (${part.kind ?? null}::text is null or f.kind = ${part.kind ?? null})
    order by ${FIGURE_ORDER}
    limit ${part.limit} offset ${part.offset}`.execute(db);
  return rows;
}

/** How many figures changed, by indicator and kind. */
export async function countChangedFigures(
  db: Database,
  { from, to }: Between,
): Promise<readonly { indicator: string; kind: ChangeKind; figures: number }[]> {
  // The ids of a figure's revisions are in the order of the revisions: writers take turns.
  const { rows } = await sql<{ indicator: string; kind: ChangeKind; figures: number }>`
    with chunk as materialized (${touched({ from, to })}),
      last as (
        select f.indicator_code as indicator, max(f.id) as later,
          max(f.id) filter (where f.id <= ${from.cut} and f.as_of <= ${from.asOf}::date) as earlier
        from coverage_figure f join chunk on chunk.indicator = f.indicator_code and chunk."asOf" = f.as_of
        where f.id <= ${to.cut}
        group by f.indicator_code, f.as_of, f.basis, f.operator, f.unit_id, f.source_code, f.indicator_version
      )
    select indicator, kind, count(*) as figures from (
      select last.indicator, ${KIND} as kind from last
      join coverage_figure n on n.id = last.later left join coverage_figure o on o.id = last.earlier
      where last.later is distinct from last.earlier
    ) change
    where kind is not null
    group by indicator, kind order by indicator collate "C", kind`.execute(db);
  return rows;
}

function touched({ from, to }: Between) {
  return sql`select distinct indicator_code as indicator, as_of as "asOf" from coverage_figure
    where id <= ${to.cut} and as_of <= ${to.asOf}::date and (id > ${from.cut} or as_of > ${from.asOf}::date)`;
}

function value(side: "o" | "n") {
  const of = (column: string) => sql.ref(`${side}.${column}`);
  return sql`jsonb_build_object('status', ${of("status")}, 'numerator', ${of("numerator")},
    'denominator', ${of("denominator")}, 'denominator_source', ${of("denominator_source")},
    'ratio', coalesce(${of("numerator")}::float8 / ${of("denominator")}, ${of("stated_ratio")}::float8),
    'revision', ${of("revision")})`;
}
