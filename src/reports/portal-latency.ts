import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { Family } from "../domain/family.ts";
import { type Histogram, percentile } from "../domain/latency-buckets.ts";
import type { Phase } from "../domain/observation.ts";
import type { Database } from "../store/database.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";

/** Milliseconds that this share of the runs did not exceed; null where none was measured. */
export interface Percentiles {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** One span of a portal over one family from one vantage point: runs by outcome, and how long they took. */
export interface LatencyRow {
  /** `YYYY-MM-DD` for a day of the reporting time zone, an ISO 8601 UTC instant for an hour. */
  readonly start: string;
  readonly family: Family;
  readonly vantage: string;
  /** Runs that were due; what the outcomes leave over was never recorded. */
  readonly slots: number;
  readonly ok: number;
  readonly degraded: number;
  readonly fail: number;
  readonly unknown: number;
  readonly no_address: number;
  readonly skipped: number;
  readonly latency_ms: Readonly<Record<Phase | "total", Percentiles>>;
}

/** Which spans of one portal: from one day of the time zone, inclusive, to another, exclusive. */
export interface LatencyFilter {
  readonly span: "hour" | "day";
  readonly family?: Family | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  /** IANA name. */
  readonly timezone: string;
}

/** The last span shown: start, family, vantage point's number. */
export type LatencyPosition = readonly [string, Family, number];

/** Latency roll-ups of a portal, latest first; what is not rolled up yet is not in them. */
export async function listLatency(
  db: Database,
  portal: number,
  filter: LatencyFilter,
  page: PageRequest<LatencyPosition>,
): Promise<Page<LatencyRow, LatencyPosition>> {
  const column = filter.span === "hour" ? "start_at" : "day";
  const start = sql.ref(`r.${column}`);
  const type = sql.raw(filter.span === "hour" ? "timestamptz" : "date");
  const { family, from, to } = filter;
  const startOf = (day: Day) =>
    filter.span === "hour"
      ? sql`(${day}::timestamp at time zone ${filter.timezone})`
      : sql`${day}::date`;
  const wanted = [
    sql`r.portal_id = ${portal}`,
    ...(family ? [sql`r.family = ${family}`] : []),
    ...(from === undefined ? [] : [sql`${start} >= ${startOf(from)}`]),
    ...(to === undefined ? [] : [sql`${start} < ${startOf(to)}`]),
    ...(page.after
      ? [
          sql`(${start}, r.family, r.vantage_id)
          < (${page.after[0]}::${type}, ${page.after[1]}, ${page.after[2]})`,
        ]
      : []),
  ];
  const table = sql.table(`probe_rollup_${filter.span}`);
  const latestFirst = sql`${start} desc, r.family desc, r.vantage_id desc`;
  // Which ones is told by the index alone. A portal's rows lie in as many pages as it has spans: only what is shown is read.
  const { rows } = await sql<RollupRow>`
    with shown as materialized (
      select r.portal_id, ${start}, r.family, r.vantage_id from ${table} r
      where ${sql.join(wanted, sql` and `)}
      order by ${latestFirst}
      limit ${page.limit + 1}
    )
    select r.*, ${start} as start, v.name as vantage
    from shown join ${table} r using (portal_id, ${sql.id(column)}, family, vantage_id)
    join vantage v on v.id = r.vantage_id
    order by ${latestFirst}`.execute(db);
  const { rows: shown, next } = toPage(rows, page.limit, (row): LatencyPosition => [
    startText(row),
    row.family,
    row.vantage_id,
  ]);
  return { rows: shown.map(toLatencyRow), next };
}

interface RollupRow extends Omit<LatencyRow, "start" | "latency_ms"> {
  readonly start: Date | string;
  readonly vantage_id: number;
  readonly resolve_hist: Histogram;
  readonly connect_hist: Histogram;
  readonly tls_hist: Histogram;
  readonly processing_hist: Histogram;
  readonly transfer_hist: Histogram;
  readonly total_hist: Histogram;
}

function startText({ start }: RollupRow): string {
  return typeof start === "string" ? start : start.toISOString();
}

function toLatencyRow(row: RollupRow): LatencyRow {
  return {
    start: startText(row),
    family: row.family,
    vantage: row.vantage,
    slots: row.slots,
    ok: row.ok,
    degraded: row.degraded,
    fail: row.fail,
    unknown: row.unknown,
    no_address: row.no_address,
    skipped: row.skipped,
    latency_ms: {
      resolve: percentiles(row.resolve_hist),
      connect: percentiles(row.connect_hist),
      tls: percentiles(row.tls_hist),
      processing: percentiles(row.processing_hist),
      transfer: percentiles(row.transfer_hist),
      total: percentiles(row.total_hist),
    },
  };
}

/** Microseconds are more than buckets of 9 % can tell; three digits after the point keep the text short. */
function percentiles(histogram: Histogram): Percentiles {
  const at = (share: number) => {
    const ms = percentile(histogram, share);
    return ms === null ? null : Math.round(ms * 1000) / 1000;
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
