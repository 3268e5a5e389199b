import type { PartTrack } from "../../domain/incident/vantage-health.ts";
import type { VantageState } from "../../domain/vantage.ts";
import type { Database } from "../database.ts";
import type { VantagePart } from "../incident-schema.ts";

/** A vantage point with what is known of its parts. */
export interface KnownVantage {
  readonly id: number;
  readonly name: string;
  readonly network: string;
  readonly state: VantageState | null;
  /** Milliseconds since the epoch; null before the first self-test. */
  readonly checkedAt: number | null;
  readonly parts: Map<VantagePart, PartTrack>;
}

/** Every vantage point with the tracks of its parts. */
export async function readVantages(trx: Database): Promise<KnownVantage[]> {
  const vantages = await trx.selectFrom("vantage").selectAll().orderBy("id").execute();
  const tracks = await trx.selectFrom("vantage_track").selectAll().execute();
  return vantages.map((row) => ({
    id: row.id,
    name: row.name,
    network: row.network,
    state: row.state,
    checkedAt: row.checked_at?.getTime() ?? null,
    parts: new Map(
      tracks
        .filter(({ vantage_id }) => vantage_id === row.id)
        .map(({ part, phase, since, seen_at, track }) => [
          part,
          { ...(track as PartTrack), phase, since: since.getTime(), seenAt: seen_at.getTime() },
        ]),
    ),
  }));
}

/** Keeps how a part stands, in the database and in what was read. */
export async function putPart(
  trx: Database,
  vantage: KnownVantage,
  part: VantagePart,
  track: PartTrack,
): Promise<void> {
  vantage.parts.set(part, track);
  const row = {
    phase: track.phase,
    since: new Date(track.since),
    seen_at: new Date(track.seenAt),
    track: JSON.stringify(track),
  };
  await trx
    .insertInto("vantage_track")
    .values({ vantage_id: vantage.id, part, ...row })
    .onConflict((conflict) => conflict.columns(["vantage_id", "part"]).doUpdateSet(row))
    .execute();
}

/** After how long without a sign of life a vantage point does not keep up with its schedule, milliseconds. */
export function silentAfterMs(intervalMs: number): number {
  return Math.max(3 * intervalMs, 60_000);
}
