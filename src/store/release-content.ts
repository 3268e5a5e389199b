import { sql } from "kysely";
import {
  type Edition,
  RELEASE_HEAD,
  type ReleaseFigure,
  releaseLine,
} from "../domain/coverage/release.ts";
import { breathe } from "./breathe.ts";
import type { Day } from "./column-types.ts";
import type { Database } from "./database.ts";

/** The figures of one indicator on one day: what of a release is read at a time. */
export interface ContentChunk {
  readonly indicator: string;
  readonly asOf: Day;
}

/**
 * Indicators and days that have figures by then, in the order of a release's file. Read from value to value of the
 * index, however many figures there are.
 */
export async function releaseChunks(db: Database, { asOf, cut }: Edition): Promise<ContentChunk[]> {
  const { rows } = await sql<ContentChunk>`
    with recursive chunk as (
      (select indicator_code, as_of from coverage_figure order by indicator_code, as_of limit 1)
      union all
      select next.indicator_code, next.as_of from chunk, lateral (
        select f.indicator_code, f.as_of from coverage_figure f
        where (f.indicator_code, f.as_of) > (chunk.indicator_code, chunk.as_of)
        order by f.indicator_code, f.as_of limit 1) next
    )
    select indicator_code as indicator, as_of as "asOf" from chunk
    where as_of <= ${asOf}::date and exists (select from coverage_figure f
      where f.indicator_code = chunk.indicator_code and f.as_of = chunk.as_of and f.id <= ${cut})
    order by indicator_code collate "C", as_of`.execute(db);
  return rows;
}

/** The last revision by the cut of every figure with this indicator and day, withdrawn ones too; table columns. */
export function revisionsOf(chunk: ContentChunk, cut: number) {
  return sql`(select distinct on (g.basis, g.operator, g.unit_id, g.source_code, g.indicator_version) g.*
    from coverage_figure g
    where g.indicator_code = ${chunk.indicator} and g.as_of = ${chunk.asOf}::date and g.id <= ${cut}
    order by g.basis, g.operator, g.unit_id, g.source_code, g.indicator_version, g.revision desc)`;
}

/** The order of figures within a chunk, of figures `f` and their units `u`: the same in every database. */
export const FIGURE_ORDER = sql`f.indicator_version, u.level collate "C", u.code collate "C", u.valid_from,
  f.operator collate "C", f.basis collate "C", f.source_code collate "C"`;

/** What of a chunk is in a release, in the order of its file. */
async function chunkFigures(
  db: Database,
  chunk: ContentChunk,
  cut: number,
): Promise<ReleaseFigure[]> {
  const { rows } = await sql<ReleaseFigure>`
    select f.indicator_code as indicator, f.as_of, f.indicator_version, u.level as unit_level,
      u.code as unit_code, u.valid_from as unit_valid_from, f.operator, f.basis, f.source_code as source,
      f.status, f.numerator, f.denominator, f.denominator_source, f.stated_ratio, f.revision, f.note, s.made_up
    from ${revisionsOf(chunk, cut)} f
    join admin_unit u on u.id = f.unit_id
    join coverage_source s on s.code = f.source_code
    where f.status <> 'withdrawn'
    order by ${FIGURE_ORDER}`.execute(db);
  return rows;
}

/** Every figure of an edition in the order of its file, chunk by chunk. */
export async function* editionFigures(
  db: Database,
  edition: Edition,
): AsyncGenerator<readonly ReleaseFigure[]> {
  for (const chunk of await releaseChunks(db, edition)) {
    yield await chunkFigures(db, chunk, edition.cut);
    await breathe();
  }
}

/** The file of an edition, piece by piece: its SHA-256 is the checksum of the release. */
export async function* editionFile(db: Database, edition: Edition): AsyncGenerator<string> {
  yield RELEASE_HEAD;
  for await (const figures of editionFigures(db, edition)) yield figures.map(releaseLine).join("");
}
