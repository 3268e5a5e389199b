import { type RawBuilder, sql } from "kysely";
import { isProbed, LIFECYCLES } from "../domain/portal.ts";
import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import { FLAP_CHANGES, FLAP_WINDOW_MS, STALE_AFTER_MS } from "../domain/standing.ts";
import type { Database } from "../store/database.ts";
import { type Moment, openAt, vantageSql } from "./compliance-view.ts";

/** What was known of a portal's audits at a moment. */
interface Track {
  last_audit_id: number | null;
  last_audit_at: Date | null;
  /** Known for now alone: audits keep no count of days. */
  provisional_days: number | null;
  /** Whether the last audit left it open that a portal at L3 is at L4. */
  early: boolean | null;
}

/** More of what was known, for portals that are shown. */
interface TrackDetails {
  flapping: boolean | null;
  /** When level and grade began, milliseconds since the epoch. */
  level_since: number | null;
  grade_since: number | null;
}

/**
 * Every portal that was on the list at a moment (`p`), with agency (`a`), province (`u`), its confirmed standing (`s`),
 * and its audits (`t`). What no audit has looked at for a week is U.
 */
export function portalsAt(db: Database, moment: Moment) {
  return db
    .selectFrom("portal as p")
    .innerJoin("agency as a", "a.id", "p.agency_id")
    .leftJoin("admin_unit as u", "u.id", "p.province_id")
    .leftJoin("standing as s", (join) =>
      join
        .onRef("s.portal_id", "=", "p.id")
        .on("s.vantage_id", "=", vantageSql(moment))
        .on(openAt(moment, "s.from_at", "s.to_at")),
    )
    .leftJoinLateral(trackSql(moment).as("t"), (join) => join.onTrue())
    .where(onListSql(moment))
    .select([
      "p.id",
      "p.slug",
      "p.kind",
      "p.lifecycle",
      "p.host",
      "p.agency_id",
      "a.slug as agency_slug",
      levelSql(moment).as("level"),
      gradeSql(moment).as("grade"),
      isStaleSql(moment).as("stale"),
      sql<Date | null>`s.from_at`.as("since"),
      "t.last_audit_id",
      "t.last_audit_at",
      "t.provisional_days",
      sql<boolean>`coalesce(t.early, false)`.as("early"),
    ]);
}

/** The confirmed level of a row of portalsAt. */
export function levelSql(moment: Moment): RawBuilder<ReadinessLevel> {
  return sql<ReadinessLevel>`(case when ${isStaleSql(moment)} then 'U' else coalesce(s.level, 'U') end)`;
}

/** The confirmed grade of a row of portalsAt. */
export function gradeSql(moment: Moment): RawBuilder<HttpsGrade> {
  return sql<HttpsGrade>`(case when ${isStaleSql(moment)} then 'U' else coalesce(s.grade, 'U') end)`;
}

function isStaleSql(moment: Moment): RawBuilder<boolean> {
  const from = new Date(moment.at.getTime() - STALE_AFTER_MS);
  return sql<boolean>`coalesce(t.last_audit_at < ${from}, false)`;
}

/** A portal is on the list while it is probed; in the past also one that has been retired since. */
function onListSql(moment: Moment): RawBuilder<boolean> {
  const probed = sql`p.lifecycle in (${sql.join(LIFECYCLES.filter(isProbed).map((name) => sql.lit(name)))})`;
  if (!moment.past) return sql<boolean>`(${probed})`;
  return sql<boolean>`(p.created_at < ${moment.at} and (${probed} or p.retired_at >= ${moment.at}))`;
}

function trackSql(moment: Moment): RawBuilder<Track> {
  const vantage = vantageSql(moment);
  if (!moment.past) {
    return sql<Track>`(select last_audit_id, last_audit_at, provisional_days,
        provisional_days is not null as early
      from standing_track where portal_id = p.id and vantage_id = ${vantage})`;
  }
  return sql<Track>`(select x.id as last_audit_id, x.ended_at as last_audit_at,
      null::integer as provisional_days, x.level_possible in ('L4', 'L5') as early
    from audit x
    where x.portal_id = p.id and x.vantage_id = ${vantage} and x.started_at < ${moment.at}
      and x.ended_at < ${moment.at}
    order by x.started_at desc limit 1)`;
}

/** Since when, and whether it flaps, for a row under this name with `id` and `last_audit_id`; to be joined laterally. */
export function trackDetailsSql(moment: Moment, row: string): RawBuilder<TrackDetails> {
  if (!moment.past) {
    return sql<TrackDetails>`(select flapping,
        (level_track->>'since')::bigint as level_since, (grade_track->>'since')::bigint as grade_since
      from standing_track
      where portal_id = ${sql.ref(`${row}.id`)} and vantage_id = ${vantageSql(moment)})`;
  }
  return sql<TrackDetails>`(select
      ${flapped("level", moment)} or ${flapped("grade", moment)} as flapping,
      (x.tracks->'level'->>'since')::bigint as level_since,
      (x.tracks->'grade'->>'since')::bigint as grade_since
    from audit x where x.id = ${sql.ref(`${row}.last_audit_id`)})`;
}

/** The rule of domain/standing.ts `isFlapping`, for the tracks as an audit left them. */
function flapped(what: "level" | "grade", { at }: Moment): RawBuilder<boolean> {
  const from = at.getTime() - FLAP_WINDOW_MS;
  return sql<boolean>`((select count(*) from jsonb_array_elements_text(x.tracks->${sql.lit(what)}->'changes') c
    where c::bigint >= ${sql.lit(from)}) >= ${sql.lit(FLAP_CHANGES)})`;
}
