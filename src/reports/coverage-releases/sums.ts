import { sql } from "kysely";
import type { Basis } from "../../domain/coverage/figure.ts";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import type { Database } from "../../store/database.ts";

/** Which of a release's sums. */
export interface ReleaseSumFilter {
  readonly level?: "country" | "province" | undefined;
  readonly indicator?: string | undefined;
  readonly version?: number | undefined;
  readonly basis?: Basis | undefined;
}

/** The sums that were frozen with a release, of the country and of provinces; a few hundred per indicator at most. */
export async function releaseSums(
  db: Database,
  release: number,
  { level, indicator, version, basis }: ReleaseSumFilter,
): Promise<readonly CoverageSum[]> {
  let query = db
    .selectFrom("coverage_release_sum as s")
    .innerJoin("admin_unit as u", "u.id", "s.unit_id")
    .select("s.content")
    .where("s.release_id", "=", release)
    .orderBy(sql`s.indicator_code collate "C"`)
    .orderBy("s.indicator_version")
    .orderBy(sql`s.basis collate "C"`)
    .orderBy(sql`u.level collate "C"`)
    .orderBy("u.code");
  if (level !== undefined) query = query.where("u.level", "=", level);
  if (indicator !== undefined) query = query.where("s.indicator_code", "=", indicator);
  if (version !== undefined) query = query.where("s.indicator_version", "=", version);
  if (basis !== undefined) query = query.where("s.basis", "=", basis);
  return (await query.execute()).map(({ content }) => content);
}
