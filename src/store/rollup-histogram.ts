import { type RawBuilder, sql } from "kysely";
import { BUCKET_BOUNDS_MS } from "../domain/latency-buckets.ts";
import { PHASES } from "../domain/observation.ts";

/** What has a histogram: the phases, and all of them together. */
export const MEASURES = [...PHASES, "total"] as const;

/** The bucket of a duration in SQL; the same as `bucketOf` for every number. */
export function bucketSql(ms: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`width_bucket((${ms})::float8, ${BUCKET_BOUNDS_MS}::float8[])`;
}

/** The columns of the histograms, `resolve_hist, …, total_hist`. */
export const HISTOGRAM_COLUMNS = sql.join(MEASURES.map((measure) => sql.ref(`${measure}_hist`)));

/** Rows (measure, value) of one row's columns that end in `suffix`, e.g. `_ms`. */
export function measuresOf(alias: string, suffix: "_ms" | "_hist"): RawBuilder<unknown> {
  const rows = MEASURES.map(
    (measure) => sql`(${sql.lit(measure)}, ${sql.ref(`${alias}.${measure}${suffix}`)})`,
  );
  return sql`(values ${sql.join(rows)})`;
}

/**
 * From rows (portal_id, family, vantage_id, measure, bucket, counted) of the named query to one row per portal,
 * family and vantage point with its histograms, null where nothing was counted.
 */
export function histogramsOf(counts: string): RawBuilder<unknown> {
  const columns = MEASURES.map(
    (measure) =>
      sql`max(hist) filter (where measure = ${sql.lit(measure)}) as ${sql.id(`${measure}_hist`)}`,
  );
  return sql`
    select portal_id, family, vantage_id, ${sql.join(columns)}
    from (
      select portal_id, family, vantage_id, measure,
        ('{' || string_agg(bucket || ',' || counted, ',' order by bucket) || '}')::int[] as hist
      from ${sql.ref(counts)}
      group by portal_id, family, vantage_id, measure
    ) histograms
    group by portal_id, family, vantage_id`;
}
