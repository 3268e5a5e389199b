import { sql } from "kysely";
import type { Confirmation } from "../../domain/incident/change.ts";
import type { Family } from "../../domain/family.ts";
import type { Condition, Track } from "../../domain/incident/track.ts";
import { UNSTABLE } from "../../domain/incident/unstable.ts";
import type { OpenRow } from "./open-rows.ts";
import type { Round } from "./round.ts";

const CONDITION_OF: Readonly<Record<string, Condition>> = {
  down: "reach",
  degraded: "limit",
  unresolvable: "name",
  certificate: "certificate",
};

interface TrackRow {
  readonly portal_id: number;
  readonly family: Family;
  readonly vantage_id: number;
  readonly conditions: Track["conditions"];
}

/**
 * When each incident that probes see was last seen to fail (milliseconds since the epoch), or null where nothing of it
 * fails any more though it is not over yet. Of a common cause: the last of its children.
 */
export async function readFailures(
  { trx }: Round,
  rows: readonly OpenRow[],
): Promise<Map<number, number | null>> {
  const untold = rows.filter(({ told_at, kind }) => told_at === null && kind in CONDITION_OF);
  const own = untold.filter(({ portal_id }) => portal_id !== null);
  const causes = untold.filter(
    ({ portal_id, cause }) => portal_id === null && cause !== "expiring",
  );
  const failures = new Map<number, number | null>();
  if (own.length > 0) {
    const portals = own.map(({ portal_id }) => portal_id);
    const { rows: tracks } = await sql<TrackRow>`
      select portal_id, family, vantage_id, track->'conditions' as conditions
      from portal_track where portal_id = any(${portals}::int[])`.execute(trx);
    const byPortal = Map.groupBy(tracks, (track) => track.portal_id);
    for (const row of own) {
      const stopped = hasStopped(row, byPortal.get(row.portal_id ?? 0) ?? []);
      failures.set(row.id, stopped ? null : row.last_bad_at.getTime());
    }
  }
  if (causes.length > 0) {
    const { rows: last } = await sql<{ parent: number; at: Date }>`
      select parent_id as parent, max(last_bad_at) as at from incident
      where parent_id = any(${causes.map(({ id }) => id)}::bigint[]) and resolved_at is null
      group by 1`.execute(trx);
    for (const { parent, at } of last) failures.set(parent, at.getTime());
  }
  return failures;
}

/** Whether all that opened it is well again, or was when it was looked at last. */
function hasStopped(row: OpenRow, tracks: readonly TrackRow[]): boolean {
  const condition = CONDITION_OF[row.kind];
  if (condition === undefined || row.flapping || row.cause === UNSTABLE) return false;
  const { vantages = [] } = row.confirmation as Partial<Confirmation>;
  const own = tracks.filter(
    ({ family, vantage_id }) =>
      (row.family === null || family === row.family) && vantages.includes(vantage_id),
  );
  return (
    own.length > 0 &&
    own.every(({ conditions }) => {
      const phase = conditions[condition]?.phase;
      return phase === "up" || phase === "recovering";
    })
  );
}
