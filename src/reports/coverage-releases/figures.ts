import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { Basis, FigureStatus } from "../../domain/coverage/figure.ts";
import type { Edition } from "../../domain/coverage/release.ts";
import type { Database } from "../../store/database.ts";
import {
  type ContentChunk,
  FIGURE_ORDER,
  releaseChunks,
  revisionsOf,
} from "../../store/release-content.ts";
import { pageOfChunks, type ReadChunkPage } from "./chunk-pages.ts";

/** Which figures of a release. */
export interface ReleaseFigureFilter {
  readonly indicator?: string | undefined;
  /** Only figures of this day. */
  readonly asOf?: Day | undefined;
  readonly level?: "country" | "province" | "commune" | undefined;
  /** Code of a unit; two units had the same code one after the other. */
  readonly unit?: string | undefined;
  /** Code of a province: itself and what belonged to it. */
  readonly province?: string | undefined;
}

/** A figure of a release with the names of its unit. */
export interface ReleaseFigureRow {
  readonly indicator: string;
  readonly indicator_version: number;
  readonly as_of: Day;
  readonly unit: {
    readonly level: string;
    readonly code: string;
    readonly valid_from: Day;
    readonly name_vi: string;
  };
  readonly province: { readonly code: string; readonly name_vi: string } | null;
  readonly operator: string;
  readonly basis: Basis;
  readonly source: string;
  readonly status: FigureStatus;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly denominator_source: string | null;
  /** 0–1: of the counts, else as it was stated. */
  readonly ratio: number | null;
  readonly revision: number;
  readonly note: string | null;
  readonly made_up: boolean;
}

/** The figures of an edition in the order of its file: what reads them page by page. */
export async function releaseFigures(
  db: Database,
  edition: Edition,
  filter: ReleaseFigureFilter,
): Promise<ReadChunkPage<ReleaseFigureRow>> {
  const chunks = await chunksOf(db, edition, filter);
  return (page) =>
    pageOfChunks(chunks, page, (chunk, part) => figuresOf(db, chunk, edition.cut, filter, part));
}

/** All of them, one after the other; what is held at a time is one indicator on one day. */
export async function* everyFigure(
  db: Database,
  edition: Edition,
  filter: ReleaseFigureFilter,
): AsyncGenerator<ReleaseFigureRow> {
  const all = { limit: Number.MAX_SAFE_INTEGER, offset: 0 };
  for (const chunk of await chunksOf(db, edition, filter)) {
    yield* await figuresOf(db, chunk, edition.cut, filter, all);
  }
}

async function chunksOf(
  db: Database,
  edition: Edition,
  filter: ReleaseFigureFilter,
): Promise<ContentChunk[]> {
  return (await releaseChunks(db, edition)).filter(
    ({ indicator, asOf }) =>
      (filter.indicator ?? indicator) === indicator && (filter.asOf ?? asOf) === asOf,
  );
}

async function figuresOf(
  db: Database,
  chunk: ContentChunk,
  cut: number,
  { level, unit, province }: ReleaseFigureFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<ReleaseFigureRow[]> {
  const { rows } = await sql<ReleaseFigureRow>`
    select f.indicator_code as indicator, f.indicator_version, f.as_of,
      jsonb_build_object('level', u.level, 'code', u.code, 'valid_from', u.valid_from, 'name_vi', u.name_vi) as unit,
      case when p.id is not null then jsonb_build_object('code', p.code, 'name_vi', p.name_vi) end as province,
      f.operator, f.basis, f.source_code as source, f.status, f.numerator, f.denominator, f.denominator_source,
      coalesce(f.numerator::float8 / f.denominator, f.stated_ratio::float8) as ratio, f.revision, f.note, s.made_up
    from ${revisionsOf(chunk, cut)} f
    join admin_unit u on u.id = f.unit_id
    left join admin_unit p on p.id = u.parent_id
    join coverage_source s on s.code = f.source_code
    where f.status <> 'withdrawn'
      and (${level ?? null}::text is null or u.level = ${level ?? null})
      and (${unit ?? null}::text is null or u.code = ${unit ?? null})
      and (${province ?? null}::text is null or p.code = ${province ?? null}
        or (u.level = 'province' and u.code = ${province ?? null}))
    order by ${FIGURE_ORDER}
    limit ${limit} offset ${offset}`.execute(db);
  return rows;
}
