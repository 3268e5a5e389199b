import { sql } from "kysely";
import type { SourceKind } from "../../domain/coverage/figure.ts";
import type { Database } from "../../store/database.ts";

/** Who stands behind figures. */
export interface CoverageSourceRow {
  readonly code: string;
  readonly kind: SourceKind;
  readonly name_vi: string;
  readonly name_en: string;
  /** Of a province's own reports: its code. */
  readonly province: string | null;
  /** Where two sources have a figure for one unit, the one with the lower rank is taken. */
  readonly rank: number;
  readonly made_up: boolean;
}

/** All sources, by rank and code. */
export function listCoverageSources(db: Database): Promise<CoverageSourceRow[]> {
  return db
    .selectFrom("coverage_source as s")
    .leftJoin("admin_unit as p", "p.id", "s.province_id")
    .select([
      "s.code",
      "s.kind",
      "s.name_vi",
      "s.name_en",
      "p.code as province",
      "s.rank",
      "s.made_up",
    ])
    .orderBy("s.rank")
    .orderBy(sql`s.code collate "C"`)
    .execute();
}
