import { sql } from "kysely";
import type { ZoneSight } from "../domain/audit/zone.ts";
import type { Blocker } from "../domain/judgement.ts";
import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import type { Track } from "../domain/standing.ts";
import type { Database } from "../store/database.ts";

/** A value that the last audit saw and that waits for another one to say the same. `since` is ISO 8601 UTC. */
export interface PendingValue<Value> {
  readonly value: Value;
  readonly since: string;
}

/** A time in which the list showed one level and one grade together. Instants are ISO 8601 UTC. */
export interface StandingSpan {
  readonly level: ReadinessLevel;
  readonly grade: HttpsGrade;
  readonly from: string;
  /** Null for the present. */
  readonly to: string | null;
}

/** A name server of the portal's zone, with the addresses that the last audit found for it. */
export interface SeenNameServer {
  readonly name: string;
  /** Null where they could not be learned. */
  readonly ip6: readonly string[] | null;
  readonly ip4: readonly string[] | null;
}

/** What keeps one portal where it stands, as its last audits left it. */
export interface StandingFacts {
  /** Findings in the way of the next level and of the next grade. */
  readonly levelBlockers: readonly Blocker[];
  readonly gradeBlockers: readonly Blocker[];
  readonly pendingLevel: PendingValue<ReadinessLevel> | null;
  readonly pendingGrade: PendingValue<HttpsGrade> | null;
  /** The latest first, at most fifty. */
  readonly history: readonly StandingSpan[];
  /** Null where the last audit saw no zone. */
  readonly nameServers: readonly SeenNameServer[] | null;
}

/** More would be read by nobody; the rest is in the database. */
const SPANS_SHOWN = 50;

/** What this vantage point's audits of a portal (by number) have come to; null before the first one. */
export async function portalStanding(
  db: Database,
  portal: number,
  vantage: string,
): Promise<StandingFacts | null> {
  const track = await db
    .selectFrom("standing_track as t")
    .innerJoin("vantage as v", "v.id", "t.vantage_id")
    .leftJoin("audit as x", "x.id", "t.last_audit_id")
    .leftJoin("observation_part as o", (join) =>
      join.onRef("o.digest", "=", "x.zone").on("o.part", "=", "zone"),
    )
    .select([
      "t.vantage_id",
      "t.level_blockers",
      "t.grade_blockers",
      sql<Track<ReadinessLevel>["pending"] | undefined>`t.level_track->'pending'`.as("level"),
      sql<Track<HttpsGrade>["pending"] | undefined>`t.grade_track->'pending'`.as("grade"),
      sql<Partial<ZoneSight> | null>`o.body`.as("zone"),
    ])
    .where("t.portal_id", "=", portal)
    .where("v.name", "=", vantage)
    .executeTakeFirst();
  if (track === undefined) return null;
  return {
    levelBlockers: track.level_blockers,
    gradeBlockers: track.grade_blockers,
    pendingLevel: toPending(track.level),
    pendingGrade: toPending(track.grade),
    history: await spansOf(db, portal, track.vantage_id),
    nameServers: toNameServers(track.zone),
  };
}

async function spansOf(db: Database, portal: number, vantage: number): Promise<StandingSpan[]> {
  const rows = await db
    .selectFrom("standing")
    .select(["level", "grade", "from_at", "to_at"])
    .where("portal_id", "=", portal)
    .where("vantage_id", "=", vantage)
    .orderBy("from_at", "desc")
    .orderBy("id", "desc")
    .limit(SPANS_SHOWN)
    .execute();
  return rows.map(({ level, grade, from_at: from, to_at: to }) => ({
    level,
    grade,
    from: from.toISOString(),
    to: to?.toISOString() ?? null,
  }));
}

function toPending<Value>(
  pending: Track<Value>["pending"] | undefined,
): PendingValue<Value> | null {
  if (pending === null || pending === undefined) return null;
  return { value: pending.value, since: new Date(pending.from).toISOString() };
}

/** The zone of an audit that could not look at it says why instead of naming servers. */
function toNameServers(zone: Partial<ZoneSight> | null): SeenNameServer[] | null {
  const literals = (seen: readonly { readonly address: { readonly address: string } }[] | null) =>
    seen === null ? null : seen.map(({ address }) => address.address);
  return (
    zone?.servers?.map(({ name, ip6, ip4 }) => ({
      name,
      ip6: literals(ip6),
      ip4: literals(ip4),
    })) ?? null
  );
}
