import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { Family } from "../domain/family.ts";
import type { Database } from "../store/database.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";

/** How long a period is. */
export const AVAILABILITY_SPANS = ["day", "month", "quarter"] as const;

export type AvailabilitySpan = (typeof AVAILABILITY_SPANS)[number];

/**
 * What became of the runs that were due, of a portal or of all portals of an agency, in one period of the reporting
 * time zone: `slots` = up + down + unknown + maintenance. See docs/availability.md.
 */
export interface AvailabilityRow {
  /** First day of the period. */
  readonly start: Day;
  /** The stable id of the portal or agency. */
  readonly id: string;
  readonly name_vi: string;
  /** Days of the period that are rolled up. */
  readonly days: number;
  /** Runs that were due over the families that were published. */
  readonly slots: number;
  /** Answered, also with a limit exceeded. */
  readonly up: number;
  readonly down: number;
  /** Could not be told: our side, skipped, never run, or failed while this place itself was in doubt. */
  readonly unknown: number;
  readonly maintenance: number;
  /** up / (up + down), 0–1; null where neither was seen. */
  readonly ratio: number | null;
  /** unknown / slots, 0–1: how much of the period the ratio says nothing about. */
  readonly unknown_ratio: number | null;
}

/** Whose availability, and when: days from `from`, included, to `to`, excluded. */
export interface AvailabilityFilter {
  readonly by: "portal" | "agency";
  readonly span: AvailabilitySpan;
  /** Name of the vantage point whose runs count. */
  readonly vantage: string;
  readonly family?: Family | undefined;
  /** Stable ids of one portal, one agency; code of one province. */
  readonly portal?: string | undefined;
  readonly agency?: string | undefined;
  readonly province?: string | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
}

/** First day and id of the last row shown. */
export type AvailabilityPosition = readonly [Day, string];

/** What counts of a day `r` of a portal over a family. */
const COUNTED = [
  ["slots", "r.slots - r.no_address"],
  ["up", "r.ok + r.degraded - r.maintenance_good"],
  ["down", "r.fail - r.maintenance_bad - r.suspect"],
  ["maintenance", "r.maintenance"],
] as const;

/** The same as columns. */
export const countedDay = sql.raw(COUNTED.map(([name, value]) => `${value} as ${name}`).join(", "));

/**
 * Whether a day `r` counts: a family that had no record on it, and no run that could tell otherwise, was not published on
 * it.
 */
export const isPublishedDay = sql<boolean>`(r.ok + r.degraded + r.fail > 0 or r.no_address = 0)`;

/** Availability by period, the latest first, and within it by id. */
export async function listAvailability(
  db: Database,
  filter: AvailabilityFilter,
  page: PageRequest<AvailabilityPosition>,
): Promise<Page<AvailabilityRow, AvailabilityPosition>> {
  const { by, span } = filter;
  const { after } = page;
  const subject = sql.raw(by === "portal" ? "p" : "a");
  const { rows } = await sql<Counts>`
    with daily as (${dailySums(filter)}
    ), summed as (
      select date_trunc(${sql.lit(span)}, day)::date as start, subject, count(*) as days, sum(slots) as slots,
        sum(up) as up, sum(down) as down, sum(slots - up - down - maintenance) as unknown,
        sum(maintenance) as maintenance
      from daily group by start, subject
    )
    select start, ${subject}.slug as id, ${subject}.name_vi, days, slots, up, down, unknown, maintenance
    from summed join ${sql.table(by)} ${subject} on ${subject}.id = subject
    ${after ? sql`where start < ${after[0]}::date or (start = ${after[0]}::date and slug collate "C" > ${after[1]})` : sql``}
    order by start desc, slug collate "C" limit ${page.limit + 1}`.execute(db);
  const { rows: shown, next } = toPage(rows, page.limit, (row): AvailabilityPosition => [
    row.start,
    row.id,
  ]);
  return { rows: shown.map(withRatios), next };
}

/** What became of the runs that were due, by day and portal or agency (its number). */
function dailySums(filter: AvailabilityFilter) {
  const { by, vantage, family, portal, agency, province, from, to } = filter;
  const wanted = [
    sql`r.vantage_id = (select id from vantage where name = ${vantage})`,
    isPublishedDay,
    ...(family === undefined ? [] : [sql`r.family = ${family}`]),
    ...(from === undefined ? [] : [sql`r.day >= ${from}::date`]),
    ...(to === undefined ? [] : [sql`r.day < ${to}::date`]),
    ...(portal === undefined ? [] : [sql`p.slug = ${portal}`]),
    ...(agency === undefined ? [] : [sql`a.slug = ${agency}`]),
    ...(province === undefined ? [] : [sql`u.code = ${province}`]),
  ];
  return sql`
    select r.day, ${sql.ref(by === "portal" ? "p.id" : "a.id")} as subject, ${sql.join(
      COUNTED.map(([name, value]) => sql`sum(${sql.raw(value)}) as ${sql.id(name)}`),
    )}
    from probe_rollup_day r
    join portal p on p.id = r.portal_id
    join agency a on a.id = p.agency_id
    left join admin_unit u on u.id = p.province_id
    where ${sql.join(wanted, sql` and `)}
    group by 1, 2`;
}

/** A row as it was counted. */
export type Counts = Omit<AvailabilityRow, "ratio" | "unknown_ratio">;

/** The same with what it comes to. */
export function withRatios(row: Counts): AvailabilityRow {
  const { up, down, unknown, slots } = row;
  return {
    ...row,
    ratio: up + down === 0 ? null : up / (up + down),
    unknown_ratio: slots === 0 ? null : unknown / slots,
  };
}
