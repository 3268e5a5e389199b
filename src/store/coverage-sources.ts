import { sql } from "kysely";
import type { SourceKind } from "../domain/coverage/figure.ts";
import type { Database } from "./database.ts";

/** Who stands behind figures. */
export interface CoverageSource {
  readonly code: string;
  readonly kind: SourceKind;
  readonly nameVi: string;
  readonly nameEn: string;
  /** Of a province's own reports: its code. */
  readonly province: string | null;
  /** Where two sources have a figure for one unit, the one with the lower rank is taken. */
  readonly rank: number;
  readonly madeUp: boolean;
}

// The register is only searched for figures of a source whose mark differs.
const MADE_UP = sql`case when s.made_up = excluded.made_up
  or exists (select from coverage_figure f where f.source_code = s.code) then s.made_up else excluded.made_up end`;

/** Rank of a province's own reports: after the ministry's, before what was read in public. */
const PROVINCE_RANK = 20;

/**
 * Adds sources and changes what is said of those that are there; returns how many rows that touched. Whether a source
 * is made up stays as it is once it has figures: the files of releases say it, and never change.
 */
export async function putSources(
  db: Database,
  sources: readonly CoverageSource[],
): Promise<number> {
  const { rows } = await sql`
    insert into coverage_source as s (code, kind, name_vi, name_en, province_id, rank, made_up)
    select g.code, g.kind, g."nameVi", g."nameEn", u.id, g.rank, g."madeUp"
    from json_to_recordset(${JSON.stringify(sources)}::json) as g(code text, kind text, "nameVi" text,
      "nameEn" text, province text, rank int, "madeUp" boolean)
    left join admin_unit u on u.level = 'province' and u.code = g.province and u.valid_to is null
    on conflict (code) do update set kind = excluded.kind, name_vi = excluded.name_vi, name_en = excluded.name_en,
      province_id = excluded.province_id, rank = excluded.rank, made_up = ${MADE_UP}
    where (s.kind, s.name_vi, s.name_en, s.province_id, s.rank, s.made_up) is distinct from
      (excluded.kind, excluded.name_vi, excluded.name_en, excluded.province_id, excluded.rank, ${MADE_UP})
    returning code`.execute(db);
  return rows.length;
}

/** All sources, by rank and code. */
export async function listSources(db: Database): Promise<CoverageSource[]> {
  const rows = await db
    .selectFrom("coverage_source as s")
    .leftJoin("admin_unit as u", "u.id", "s.province_id")
    .select([
      "s.code",
      "s.kind",
      "s.name_vi",
      "s.name_en",
      "u.code as province",
      "s.rank",
      "s.made_up",
    ])
    .orderBy("s.rank")
    .orderBy(sql`s.code collate "C"`)
    .execute();
  return rows.map(({ name_vi: nameVi, name_en: nameEn, made_up: madeUp, ...source }) => ({
    ...source,
    nameVi,
    nameEn,
    madeUp,
  }));
}

/**
 * The source of this code, or null. `province-01` and its like are there for every province: they are put into the
 * register with the first figures that come from them.
 */
export async function sourceNamed(db: Database, code: string): Promise<CoverageSource | null> {
  const known = (await listSources(db)).find((each) => each.code === code);
  if (known) return known;
  const province = /^province-(\d\d)$/.exec(code)?.[1];
  if (province === undefined) return null;
  const unit = await db
    .selectFrom("admin_unit")
    .select(["full_name_vi", "name_en"])
    .where("level", "=", "province")
    .where("code", "=", province)
    .where("valid_to", "is", null)
    .executeTakeFirst();
  if (!unit) return null;
  return {
    code,
    kind: "province",
    nameVi: unit.full_name_vi,
    nameEn: unit.name_en ?? unit.full_name_vi,
    province,
    rank: PROVINCE_RANK,
    madeUp: false,
  };
}
