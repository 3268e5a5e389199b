import type { Tracks } from "../domain/audit-reading.ts";
import type { Blocker } from "../domain/judgement.ts";
import { isFlapping } from "../domain/standing.ts";
import type { AuditedPair } from "./audited-pair.ts";
import type { Database } from "./database.ts";

/** What is believed of a portal now. */
export interface Standing {
  readonly tracks: Tracks;
  readonly flapping: boolean;
  /** Days of light-probe history, for a portal that only lacks them for L4; null for all others. */
  readonly provisionalDays: number | null;
  readonly levelBlockers: readonly Blocker[];
  readonly gradeBlockers: readonly Blocker[];
  readonly lastAudit: number;
  /** Milliseconds since the epoch. */
  readonly lastAuditAt: number;
}

/** What is believed of a portal now, or null before its first audit. */
export async function readStanding(db: Database, pair: AuditedPair): Promise<Standing | null> {
  const row = await db
    .selectFrom("standing_track")
    .selectAll()
    .where("portal_id", "=", pair.portal)
    .where("vantage_id", "=", pair.vantage)
    .executeTakeFirst();
  if (!row) return null;
  return {
    tracks: { level: row.level_track, grade: row.grade_track },
    flapping: row.flapping,
    provisionalDays: row.provisional_days,
    levelBlockers: row.level_blockers,
    gradeBlockers: row.grade_blockers,
    lastAudit: row.last_audit_id,
    lastAuditAt: row.last_audit_at.getTime(),
  };
}

/** Stores what is believed now, unless that is stored already. */
export async function writeStanding(
  trx: Database,
  pair: AuditedPair,
  standing: Omit<Standing, "flapping">,
): Promise<void> {
  const { tracks, lastAuditAt: at } = standing;
  const row = {
    level_track: JSON.stringify(tracks.level),
    grade_track: JSON.stringify(tracks.grade),
    provisional_days: standing.provisionalDays,
    level_blockers: JSON.stringify(standing.levelBlockers),
    grade_blockers: JSON.stringify(standing.gradeBlockers),
    flapping: isFlapping(tracks.level, at) || isFlapping(tracks.grade, at),
    last_audit_id: standing.lastAudit,
    last_audit_at: new Date(at),
  };
  await trx
    .insertInto("standing_track")
    .values({ portal_id: pair.portal, vantage_id: pair.vantage, ...row })
    .onConflict((conflict) => conflict.columns(["portal_id", "vantage_id"]).doUpdateSet(row))
    .execute();
}
