import { sql } from "kysely";
import type { Family } from "../../domain/family.ts";
import type { PortalView, Sight, Voter } from "../../domain/incident/change.ts";
import { isProbed, type PortalKind } from "../../domain/portal.ts";
import type { VantageState } from "../../domain/vantage.ts";
import type { Database } from "../database.ts";
import { incidentsOfPortals, type PortalIncidents } from "./open-incidents.ts";
import { readSeverities, type SeverityOf } from "./severities.ts";
import { type PlacedTrack, presentTracks } from "./tracks.ts";

/** All that decides about the incidents of some portals, beside what this process's own vantage points see. */
export interface PortalWorld {
  /** Portals that are probed; of the others nothing is decided. */
  readonly kinds: ReadonlyMap<number, PortalKind>;
  readonly voters: readonly Voter[];
  readonly sights: ReadonlyMap<number, readonly Sight[]>;
  readonly incidents: Map<number, PortalIncidents>;
  readonly severityOf: SeverityOf;
}

/** Which part of the world is wanted. */
export interface WorldQuery {
  readonly portals: readonly number[];
  /** Vantage points whose sights the caller has. */
  readonly own: readonly number[];
  /** Incidents that ended after this can go on, milliseconds since the epoch. */
  readonly endedAfter: number;
  /** For how long a run that told something counts, milliseconds. */
  readonly freshMs: number;
}

/** Reads what others see and what is open; the caller holds `lockIncidents`. */
export async function readWorld(trx: Database, query: WorldQuery): Promise<PortalWorld> {
  const { portals, own, endedAfter, freshMs } = query;
  const voters = await readVoters(trx);
  const others = voters.some(({ vantage }) => !own.includes(vantage));
  return {
    voters,
    kinds: await kindsOf(trx, portals),
    sights: others
      ? sightsByPortal(await presentTracks(trx, { vantages: own, others: true, portals, freshMs }))
      : new Map(),
    incidents: await incidentsOfPortals(trx, portals, endedAfter),
    severityOf: await readSeverities(trx),
  };
}

/** A portal as the rule sees it at an instant; null where nothing is decided about it. */
export function viewOf(
  world: PortalWorld,
  portal: number,
  { own, at, intervalMs }: { own: readonly Sight[]; at: number; intervalMs: number },
): PortalView | null {
  const portalKind = world.kinds.get(portal);
  if (portalKind === undefined) return null;
  const { open = [], ended = [] } = world.incidents.get(portal) ?? {};
  return {
    portal,
    portalKind,
    sights: [...own, ...(world.sights.get(portal) ?? [])],
    voters: world.voters,
    open,
    ended,
    at,
    intervalMs,
    severityOf: world.severityOf,
  };
}

/**
 * Every vantage point: whether its last self-test vouches for a family, and nothing says that it is ill. One that never
 * stored a self-test has made runs all the same, and it makes none over a family that it has not proved. That its
 * schedule stopped takes no vote: without fresh runs it has none, and runs that come late were made in good health.
 */
export async function readVoters(trx: Database): Promise<Voter[]> {
  const { rows } = await sql<{
    id: number;
    network: string;
    state: VantageState | null;
    ill: string[];
  }>`
    select vantage.id, vantage.network, vantage.state,
      coalesce(array_agg(part) filter (where part is not null), '{}') as ill
    from vantage
    left join vantage_track on vantage_track.vantage_id = vantage.id and vantage_track.phase = 'down'
    group by vantage.id
    order by vantage.id`.execute(trx);
  return rows.map(({ id, network, state, ill }) => {
    const healthy = (family: Family) =>
      (state?.families[family].healthy ?? true) && !ill.includes(family);
    return { vantage: id, network, healthy: { ip4: healthy("ip4"), ip6: healthy("ip6") } };
  });
}

async function kindsOf(
  trx: Database,
  portals: readonly number[],
): Promise<ReadonlyMap<number, PortalKind>> {
  const rows = await trx
    .selectFrom("portal")
    .select(["id", "kind", "lifecycle"])
    .where(sql<boolean>`id = any(${portals}::int[])`)
    .execute();
  return new Map(
    rows.flatMap(({ id, kind, lifecycle }) => (isProbed(lifecycle) ? [[id, kind] as const] : [])),
  );
}

function sightsByPortal(tracks: readonly PlacedTrack[]): ReadonlyMap<number, readonly Sight[]> {
  const sights = new Map<number, Sight[]>();
  for (const { portal, ...sight } of tracks) {
    const known = sights.get(portal);
    if (known) known.push(sight);
    else sights.set(portal, [sight]);
  }
  return sights;
}
