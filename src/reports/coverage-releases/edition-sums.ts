import { sql } from "kysely";
import type { Basis } from "../../domain/coverage/figure.ts";
import type { Edition } from "../../domain/coverage/release.ts";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import type { Database } from "../../store/database.ts";
import { coverageSums } from "../coverage/sums.ts";

/**
 * The sums of the country and of every province for each indicator version and basis that an edition has figures of
 * on its own day, over the units of that day. What a release freezes; give it as `SumsAt` to publishRelease.
 */
export async function editionSums(db: Database, { asOf, cut }: Edition): Promise<CoverageSum[]> {
  const { rows } = await sql<{ indicator: string; version: number; basis: Basis }>`
    select distinct indicator_code as indicator, indicator_version as version, basis
    from coverage_figure where as_of = ${asOf}::date and id <= ${cut}`.execute(db);
  const sums: CoverageSum[] = [];
  for (const series of rows) {
    for (const level of ["country", "province"] as const) {
      sums.push(
        ...(await coverageSums(db, { ...series, level, asOf, units: asOf, known: { cut } })),
      );
    }
  }
  return sums;
}
