import type { Tracks } from "../domain/audit-reading.ts";
import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import type { AuditedPair } from "./audited-pair.ts";
import type { Database } from "./database.ts";

/** The value that was believed after one audit; `at` in milliseconds since the epoch. */
export interface Believed {
  readonly level: ReadinessLevel;
  readonly grade: HttpsGrade;
  readonly at: number;
  readonly audit: number;
}

/** What tracks say in two words, or null before the first audit. */
export function believedOf({ level, grade }: Tracks, at: number, audit: number): Believed | null {
  if (level.value === null || grade.value === null) return null;
  return { level: level.value, grade: grade.value, at, audit };
}

/** Tracks as the list of a past instant implies them, for a time of which no audit is kept. */
export async function tracksFromSpans(
  db: Database,
  pair: AuditedPair,
  before: Date,
): Promise<Tracks | null> {
  const row = await db
    .selectFrom("standing")
    .select(["level", "grade", "from_at"])
    .where("portal_id", "=", pair.portal)
    .where("vantage_id", "=", pair.vantage)
    .where("from_at", "<", before)
    .orderBy("from_at", "desc")
    .executeTakeFirst();
  if (!row) return null;
  const since = row.from_at.getTime();
  const track = { since, confirmedAt: since, pending: null, changes: [] };
  return { level: { ...track, value: row.level }, grade: { ...track, value: row.grade } };
}

interface StandingSpan {
  readonly level: ReadinessLevel;
  readonly grade: HttpsGrade;
  readonly from: number;
  readonly to: number | null;
  readonly audit: number;
}

/**
 * Makes the spans of level and grade from an instant on what the audits from then on say, in their order. A span
 * begins at the audit that confirmed it: the list of a past day shows what it showed on that day.
 */
export async function rewriteStandingSpans(
  trx: Database,
  pair: AuditedPair,
  from: Date,
  believed: readonly Believed[],
): Promise<void> {
  const stored = await readStandingSpans(trx, pair, from);
  const wanted = standingSpans(stored.find((span) => span.from < from.getTime()) ?? null, believed);
  const here = trx.deleteFrom("standing").where("portal_id", "=", pair.portal);
  const kept = new Map(wanted.map((span) => [span.from, span]));
  const gone = stored.filter((span) => !isSame(kept.get(span.from), span));
  const fresh = wanted.filter((span) => !stored.some((row) => isSame(row, span)));
  const starts = gone.map((span) => new Date(span.from));
  if (starts.length > 0) {
    await here.where("vantage_id", "=", pair.vantage).where("from_at", "in", starts).execute();
  }
  if (fresh.length === 0) return;
  await trx
    .insertInto("standing")
    .values(
      fresh.map((span) => ({
        portal_id: pair.portal,
        vantage_id: pair.vantage,
        level: span.level,
        grade: span.grade,
        from_at: new Date(span.from),
        to_at: span.to === null ? null : new Date(span.to),
        audit_id: span.audit,
      })),
    )
    .execute();
}

async function readStandingSpans(
  trx: Database,
  pair: AuditedPair,
  from: Date,
): Promise<StandingSpan[]> {
  const rows = await trx
    .selectFrom("standing")
    .selectAll()
    .where("portal_id", "=", pair.portal)
    .where("vantage_id", "=", pair.vantage)
    .where((is) => is.or([is("to_at", "is", null), is("to_at", ">=", from)]))
    .orderBy("from_at")
    .execute();
  return rows.map((row) => ({
    level: row.level,
    grade: row.grade,
    from: row.from_at.getTime(),
    to: row.to_at?.getTime() ?? null,
    audit: row.audit_id,
  }));
}

/** Equal neighbours in one span; of two audits of one instant the later counts. */
function standingSpans(base: StandingSpan | null, believed: readonly Believed[]): StandingSpan[] {
  const spans: StandingSpan[] = base ? [{ ...base, to: null }] : [];
  for (const { level, grade, at, audit } of believed) {
    const last = spans.at(-1);
    if (last?.level === level && last.grade === grade) continue;
    if (last) spans.pop();
    if (last && last.from < at) spans.push({ ...last, to: at });
    spans.push({ level, grade, from: at, to: null, audit });
  }
  return spans;
}

function isSame(one: StandingSpan | undefined, other: StandingSpan): boolean {
  return (
    one !== undefined &&
    one.from === other.from &&
    one.to === other.to &&
    one.level === other.level &&
    one.grade === other.grade &&
    one.audit === other.audit
  );
}
