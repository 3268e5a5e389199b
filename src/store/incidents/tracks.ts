import { sql } from "kysely";
import type { Family } from "../../domain/family.ts";
import { NO_TRACK } from "../../domain/incident/reduce-track.ts";
import type { Track } from "../../domain/incident/track.ts";
import type { Outcome } from "../../domain/observation.ts";
import type { Database } from "../database.ts";
import { instants, jsons } from "./incident-values.ts";

/** The track of one portal over one family from one vantage point. */
export interface PlacedTrack {
  readonly portal: number;
  readonly family: Family;
  readonly vantage: number;
  readonly track: Track;
}

/** Which tracks are wanted: of these vantage points, or of all others; of these portals, or of all. */
export interface TrackQuery {
  readonly vantages: readonly number[];
  readonly others: boolean;
  readonly portals: readonly number[] | null;
  /** For how long a run that told something counts, milliseconds. */
  readonly freshMs: number;
}

interface TrackRow {
  readonly portal: number;
  readonly family: Family;
  readonly vantage: number;
  readonly outcome: Outcome | null;
  readonly last_at: Date | null;
  readonly told_at: Date | null;
  readonly track: Track | null;
}

/** Outcomes that tell whether a portal is reachable. */
const TELLING: readonly Outcome[] = ["ok", "degraded", "fail", "no_address"];

/**
 * Tracks as they stand: what was stored when a run was news, brought up to the last run of the same, for plain success
 * is stored as a result alone. In order of portal, family and vantage point.
 */
export async function presentTracks(trx: Database, query: TrackQuery): Promise<PlacedTrack[]> {
  const { vantages, others, portals, freshMs } = query;
  const wanted = sql`(vantage_id = any(${vantages}::smallint[])) = ${!others}
    and (${portals}::int[] is null or portal_id = any(${portals}::int[]))`;
  const { rows } = await sql<TrackRow>`
    select portal_id as portal, family, vantage_id as vantage, latest.outcome,
      coalesce(run.last_at, latest.scheduled_at) as last_at,
      coalesce(run.told_at, case when latest.outcome = any(${TELLING}::text[]) then latest.scheduled_at end) as told_at,
      kept.track
    from (select * from probe_latest where ${wanted}) as latest
    full join (select * from portal_track where ${wanted}) as kept using (portal_id, family, vantage_id)
    left join lateral (
      select max(began) as last_at, max(began) filter (where outcome = any(${TELLING}::text[])) as told_at
      from (
        select outcome, scheduled_at + round(start_delay_ms) * interval '1 ms' as began
        from probe_result
        where portal_id = latest.portal_id and family = latest.family and vantage_id = latest.vantage_id
          and scheduled_at <= latest.scheduled_at
          and scheduled_at >= latest.scheduled_at - ${freshMs} * interval '1 ms'
      ) as runs
    ) as run on true
    order by 1, 2, 3`.execute(trx);
  return rows.map((row) => {
    const { portal, family, vantage } = row;
    return { portal, family, vantage, track: presentTrack(row) };
  });
}

/** A portal without a stored track was never seen bad by this version, and was good before what it can't tell now. */
function presentTrack({ outcome, last_at, told_at, track }: TrackRow): Track {
  const known = track ?? { ...NO_TRACK, recent: outcome === "fail" ? "" : "1" };
  const at = Math.max(known.at, last_at?.getTime() ?? 0);
  const toldAt = Math.max(known.toldAt ?? 0, told_at?.getTime() ?? 0);
  return { ...known, at, toldAt: toldAt === 0 ? null : toldAt };
}

/** Stores tracks as they are now. */
export async function writeTracks(trx: Database, tracks: readonly PlacedTrack[]): Promise<void> {
  if (tracks.length === 0) return;
  const reach = tracks.map(({ track }) => track.conditions.reach);
  // A portal that was never bad has been up for as long as it is known.
  const since = tracks.map(({ track }) => track.conditions.reach.since || track.at);
  await sql`
    insert into portal_track (portal_id, family, vantage_id, phase, since, seen_at, track)
    select * from unnest(
      ${tracks.map(({ portal }) => portal)}::int[], ${tracks.map(({ family }) => family)}::text[],
      ${tracks.map(({ vantage }) => vantage)}::smallint[], ${reach.map(({ phase }) => phase)}::text[],
      ${instants(since)}, ${instants(tracks.map(({ track }) => track.at))}, ${jsons(tracks.map(({ track }) => track))})
    order by 1, 2, 3
    on conflict (portal_id, family, vantage_id) do update
    set phase = excluded.phase, since = excluded.since, seen_at = excluded.seen_at, track = excluded.track`.execute(
    trx,
  );
}
