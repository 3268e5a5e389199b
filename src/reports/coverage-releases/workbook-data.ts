import { sql } from "kysely";
import type { Certainty } from "../../domain/certainty.ts";
import type { Day } from "../../domain/calendar.ts";
import type { Edition } from "../../domain/coverage/release.ts";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import type { Database } from "../../store/database.ts";
import { type IndicatorRow, listIndicators } from "../coverage/indicators.ts";
import { countFigures, findRelease, type ReleaseRow } from "./list.ts";
import { type ReleaseFigureRow, releaseFigures } from "./figures.ts";
import { releaseSums } from "./sums.ts";

/** A target that speaks of an indicator of the release. */
export interface ReleaseTarget {
  readonly code: string;
  readonly indicator_code: string;
  readonly threshold: number;
  readonly threshold_kind: "ratio" | "count" | "rank";
  readonly due_on: Day;
  readonly legal_document: string;
  readonly article: string | null;
  readonly text_vi: string;
  readonly text_en: string;
  readonly certainty: Certainty;
  readonly source_url: string | null;
}

/** A file that figures of the release's day came in. */
export interface ReleaseOrigin {
  readonly source: string;
  readonly name_vi: string;
  readonly name_en: string;
  /** Number of the submission; what the file was called is told to holders of a key alone. */
  readonly submission: number;
  readonly sha256: string;
  readonly received_at: Date;
  readonly figures: number;
}

/** A commune that has not all of what is reported for communes on the release's day. */
export interface MissingUnit {
  readonly code: string;
  readonly name_vi: string;
  readonly province_code: string;
  readonly province_name_vi: string;
  readonly missing: readonly { readonly indicator: string; readonly reason: string }[];
}

/** What a release's workbook holds: the figures of its own day, and what they stand on. */
export interface ReleaseWorkbookData {
  readonly release: ReleaseRow;
  readonly figures: readonly ReleaseFigureRow[];
  readonly sums: readonly CoverageSum[];
  readonly indicators: readonly IndicatorRow[];
  readonly targets: readonly ReleaseTarget[];
  readonly origins: readonly ReleaseOrigin[];
  readonly missing: readonly MissingUnit[];
}

/** Everything for the workbook, or the number of figures where there are more than `most`; null: no such release. */
export async function releaseWorkbookData(
  db: Database,
  code: string,
  most: number,
): Promise<ReleaseWorkbookData | { readonly tooMany: number } | null> {
  const found = await findRelease(db, code);
  if (found === null) return null;
  const { row: release, edition } = found;
  const counts = await countFigures(db, edition);
  const ofTheDay = counts.reduce((sum, { of_the_day }) => sum + of_the_day, 0);
  if (ofTheDay > most) return { tooMany: ofTheDay };
  const named = new Set(counts.map((each) => `${each.indicator} ${each.indicator_version}`));
  const read = await releaseFigures(db, edition, { asOf: edition.asOf });
  return {
    release,
    figures: (await read({ limit: most, after: null })).rows,
    sums: await releaseSums(db, found.id, {}),
    indicators: (await listIndicators(db)).filter((each) =>
      named.has(`${each.code} ${each.version}`),
    ),
    targets: await targetsOf(db, [...new Set(counts.map(({ indicator }) => indicator))]),
    origins: await originsOf(db, edition),
    missing: await missingUnits(db, edition),
  };
}

async function targetsOf(db: Database, indicators: readonly string[]): Promise<ReleaseTarget[]> {
  if (indicators.length === 0) return [];
  return db
    .selectFrom("coverage_target")
    .select(["code", "indicator_code", "threshold", "threshold_kind", "due_on", "legal_document"])
    .select(["article", "text_vi", "text_en", "certainty", "source_url"])
    .where("indicator_code", "in", indicators)
    .orderBy("position")
    .orderBy(sql`code collate "C"`)
    .execute();
}

function ofTheDay({ asOf, cut }: Edition) {
  return sql`(select distinct on (g.indicator_code, g.basis, g.operator, g.unit_id, g.source_code, g.indicator_version) g.*
    from coverage_figure g where g.as_of = ${asOf}::date and g.id <= ${cut}
    order by g.indicator_code, g.basis, g.operator, g.unit_id, g.source_code, g.indicator_version, g.revision desc)`;
}

async function originsOf(db: Database, edition: Edition): Promise<ReleaseOrigin[]> {
  const { rows } = await sql<ReleaseOrigin>`
    select f.source_code as source, s.name_vi, s.name_en, b.id as submission, b.sha256, b.received_at, count(*) as figures
    from ${ofTheDay(edition)} f
    join coverage_source s on s.code = f.source_code join submission b on b.id = f.submission_id
    where f.status <> 'withdrawn'
    group by f.source_code, s.name_vi, s.name_en, b.id
    order by f.source_code collate "C", b.id`.execute(db);
  return rows;
}

/** Of every indicator that any commune has on the day, the communes of that day that have no value; a projected one is none. */
async function missingUnits(db: Database, edition: Edition): Promise<MissingUnit[]> {
  const { rows } = await sql<MissingUnit>`
    with f as materialized (select * from ${ofTheDay(edition)} f where basis <> 'projected'),
      wanted as (select distinct f.indicator_code from f join admin_unit u on u.id = f.unit_id where u.level = 'commune'),
      had as (select unit_id, indicator_code, bool_or(status = 'present') as present, min(status) as status
        from f group by unit_id, indicator_code)
    select u.code, u.name_vi, p.code as province_code, p.name_vi as province_name_vi,
      jsonb_agg(jsonb_build_object('indicator', w.indicator_code, 'reason', coalesce(h.status, 'not_reported'))
        order by w.indicator_code collate "C") as missing
    from admin_unit u join admin_unit p on p.id = u.parent_id cross join wanted w
    left join had h on h.unit_id = u.id and h.indicator_code = w.indicator_code
    where u.level = 'commune' and u.valid_from <= ${edition.asOf}::date
      and coalesce(u.valid_to > ${edition.asOf}::date, true) and h.present is not true
    group by u.id, p.id order by u.code`.execute(db);
  return rows;
}
