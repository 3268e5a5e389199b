import { sql } from "kysely";
import type { Family } from "../../domain/family.ts";
import type { IncidentKind } from "../../domain/incident/kinds.ts";
import type { Condition } from "../../domain/incident/track.ts";
import { UNSTABLE } from "../../domain/incident/unstable.ts";
import type { Database } from "../database.ts";
import { instants } from "./incident-values.ts";
import type { PlacedTrack } from "./tracks.ts";

/** By which condition an incident of a kind is seen; `unstable`: only one that is about changing all the time. */
const SEEN_BY: readonly {
  readonly kind: IncidentKind;
  readonly condition: Condition;
  readonly unstable: boolean;
}[] = [
  { kind: "down", condition: "reach", unstable: false },
  { kind: "degraded", condition: "reach", unstable: true },
  { kind: "degraded", condition: "limit", unstable: false },
  { kind: "unresolvable", condition: "name", unstable: false },
  { kind: "certificate", condition: "certificate", unstable: false },
];

/** Brings the last bad observation of open incidents up to date with what a batch saw; that alone is no change. */
export async function touchLastBad(trx: Database, tracks: readonly PlacedTrack[]): Promise<void> {
  const bad = tracks.flatMap(({ portal, family, vantage, track }) =>
    SEEN_BY.flatMap(({ kind, condition, unstable }) => {
      const { lastBadAt } = track.conditions[condition];
      // Only what the last run itself saw.
      return lastBadAt === track.at ? [{ portal, family, vantage, kind, unstable, lastBadAt }] : [];
    }),
  );
  if (bad.length === 0) return;
  await sql`
    with bad as (
      select kind, unstable, 'portal:' || portal as subject, vantage.network, family, max(at) as at
      from unnest(
        ${bad.map(({ portal }) => portal)}::int[], ${bad.map(({ kind }) => kind)}::text[],
        ${bad.map(({ family }): Family => family)}::text[], ${bad.map(({ vantage }) => vantage)}::smallint[],
        ${bad.map(({ unstable }) => unstable)}::boolean[], ${instants(bad.map(({ lastBadAt }) => lastBadAt))}
      ) as seen(portal, kind, family, vantage_id, unstable, at)
      join vantage on vantage.id = vantage_id
      group by 1, 2, 3, 4, 5
    ), newest as (
      select incident.id, max(bad.at) as at
      from bad
      join incident on incident.kind = bad.kind and incident.subject = bad.subject
        and incident.network = bad.network and incident.resolved_at is null
        and coalesce(incident.family, bad.family) = bad.family
        and (incident.cause = ${UNSTABLE}) = bad.unstable
      group by 1
    )
    update incident set last_bad_at = newest.at
    from newest where incident.id = newest.id and incident.last_bad_at < newest.at`.execute(trx);
}
