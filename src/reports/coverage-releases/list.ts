import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { Basis } from "../../domain/coverage/figure.ts";
import type { Edition } from "../../domain/coverage/release.ts";
import type { Database } from "../../store/database.ts";
import { type Page, type PageRequest, toPage } from "../page.ts";

/** An indicator whose figures do not compare with those of the release before, and why. */
export interface ReleaseBreak {
  readonly indicator: string;
  readonly note_vi: string;
  readonly note_en: string;
}

/** A release as lists show it. */
export interface ReleaseRow {
  readonly code: string;
  readonly as_of: Day;
  readonly published_at: string;
  readonly note_vi: string | null;
  readonly note_en: string | null;
  /** Under which its figures may be used. */
  readonly licence: string;
  /** Of its file, in hexadecimal digits. */
  readonly sha256: string;
  readonly figures: number;
  /** Whether any figure in it is made up. */
  readonly made_up: boolean;
  readonly breaks: readonly ReleaseBreak[];
}

/** How many figures of one indicator a release has, and how many of them are of its own day. */
export interface ReleaseCount {
  readonly indicator: string;
  readonly indicator_version: number;
  readonly basis: Basis;
  readonly figures: number;
  readonly of_the_day: number;
  /** Of the day, with a value. */
  readonly present: number;
}

/** Number of the last release shown. */
export type ReleasePosition = readonly [number];

/** Releases, the last published one first. */
export async function listReleases(
  db: Database,
  page: PageRequest<ReleasePosition>,
): Promise<Page<ReleaseRow, ReleasePosition>> {
  let query = releases(db)
    .orderBy("r.id", "desc")
    .limit(page.limit + 1);
  if (page.after) query = query.where("r.id", "<", page.after[0]);
  const { rows, next } = toPage(await query.execute(), page.limit, ({ id }): ReleasePosition => [
    id,
  ]);
  return { rows: rows.map(toRow), next };
}

/** One release as lists show it, with the edition that it froze and its number; null: there is none of this code. */
export async function findRelease(
  db: Database,
  code: string,
): Promise<{ readonly id: number; readonly row: ReleaseRow; readonly edition: Edition } | null> {
  const row = await releases(db).where("r.code", "=", code).executeTakeFirst();
  if (!row) return null;
  return { id: row.id, row: toRow(row), edition: { asOf: row.as_of, cut: row.cut_figure_id } };
}

/** The release that comes before one: the last of its quarter or an earlier one that had no more figures; null: none. */
export async function releaseBefore(db: Database, code: string): Promise<string | null> {
  const row = await db
    .selectFrom("coverage_release as r")
    .innerJoin("coverage_release as b", (join) =>
      join.onRef("b.id", "<", "r.id").onRef("b.as_of", "<=", "r.as_of"),
    )
    .select("b.code")
    .where("r.code", "=", code)
    .orderBy("b.as_of", "desc")
    .orderBy("b.id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.code ?? null;
}

/** How many figures an edition has, by indicator, version and basis. */
export async function countFigures(
  db: Database,
  { asOf, cut }: Edition,
): Promise<readonly ReleaseCount[]> {
  const { rows } = await sql<ReleaseCount>`
    select indicator_code as indicator, indicator_version, basis, count(*) as figures,
      count(*) filter (where as_of = ${asOf}::date) as of_the_day,
      count(*) filter (where as_of = ${asOf}::date and status = 'present') as present
    from (
      select distinct on (indicator_code, as_of, basis, operator, unit_id, source_code, indicator_version)
        indicator_code, as_of, basis, indicator_version, status
      from coverage_figure where id <= ${cut} and as_of <= ${asOf}::date
      order by indicator_code, as_of, basis, operator, unit_id, source_code, indicator_version, revision desc
    ) f
    where status <> 'withdrawn'
    group by indicator_code, indicator_version, basis
    order by indicator_code collate "C", indicator_version, basis collate "C"`.execute(db);
  return rows;
}

function releases(db: Database) {
  return db.selectFrom("coverage_release as r").select([
    "r.id",
    "r.code",
    "r.as_of",
    "r.published_at",
    "r.cut_figure_id",
    "r.note_vi",
    "r.note_en",
    "r.licence",
    "r.sha256",
    "r.figures",
    "r.made_up",
    sql<ReleaseBreak[] | null>`(select jsonb_agg(jsonb_build_object('indicator', b.indicator_code,
          'note_vi', b.note_vi, 'note_en', b.note_en) order by b.indicator_code)
        from coverage_release_break b where b.release_id = r.id)`.as("breaks"),
  ]);
}

function toRow({
  id: _id,
  cut_figure_id: _cut,
  published_at,
  breaks,
  ...row
}: Awaited<ReturnType<ReturnType<typeof releases>["execute"]>>[number]): ReleaseRow {
  return { ...row, published_at: published_at.toISOString(), breaks: breaks ?? [] };
}
