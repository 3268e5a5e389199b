import { sql } from "kysely";
import type { AuditTimings } from "../domain/audit/observation.ts";
import type { Tracks } from "../domain/audit-reading.ts";
import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import type { PartDigests } from "./observation-parts.ts";
import { sameJson } from "../domain/same-json.ts";
import type { AuditedPair } from "./audited-pair.ts";
import type { Database } from "./database.ts";

/** One audit without its facts. */
export interface AuditRow extends PartDigests {
  readonly id: number;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly url: string;
  readonly timings: AuditTimings;
  readonly ruleset: string;
  readonly level: ReadinessLevel;
  readonly levelPossible: ReadinessLevel;
  readonly grade: HttpsGrade;
  readonly gradePossible: HttpsGrade;
  /** What was believed after it. */
  readonly tracks: Tracks;
}

/** The audits that began at an instant or later, in their order. */
export async function readAuditsFrom(
  db: Database,
  pair: AuditedPair,
  from: Date,
): Promise<AuditRow[]> {
  const rows = await select(db, pair)
    .where("started_at", ">=", from)
    .orderBy("started_at")
    .orderBy("id")
    .execute();
  return rows.map(toAuditRow);
}

/** The audits that began within a time, the latest first: when, and what was concluded from them. */
export async function readJudgementsBack(
  db: Database,
  pair: AuditedPair,
  { from, before }: { from: Date; before: Date },
): Promise<{ startedAt: Date; judgement: Uint8Array }[]> {
  return db
    .selectFrom("audit")
    .select(["started_at as startedAt", "judgement"])
    .where("portal_id", "=", pair.portal)
    .where("vantage_id", "=", pair.vantage)
    .where("started_at", ">=", from)
    .where("started_at", "<", before)
    .orderBy("started_at", "desc")
    .orderBy("id", "desc")
    .execute();
}

/** The last audit that began before an instant, or null where none is kept. */
export async function readAuditBefore(
  db: Database,
  pair: AuditedPair,
  before: Date,
): Promise<AuditRow | null> {
  const row = await select(db, pair)
    .where("started_at", "<", before)
    .orderBy("started_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ? toAuditRow(row) : null;
}

/** What follows from the judgement of an audit and from those before it. */
export interface DerivedColumns {
  readonly ruleset: string;
  readonly level: ReadinessLevel;
  readonly levelPossible: ReadinessLevel;
  readonly grade: HttpsGrade;
  readonly gradePossible: HttpsGrade;
  readonly tracks: Tracks;
  /** Digest of the judgement, hex. */
  readonly judgement: string;
}

/** Brings audits up to date, by touching only rows that differ. */
export async function writeDerived(
  trx: Database,
  audits: readonly { readonly row: AuditRow; readonly change: DerivedColumns }[],
): Promise<void> {
  const changes = audits
    .filter(({ row, change }) => !sameJson(change, derivedColumns(row)))
    .map(({ row, change }) => ({ id: row.id, ...change }));
  if (changes.length === 0) return;
  await sql`
    update audit set ruleset = given.ruleset, level = given.level, level_possible = given."levelPossible",
      grade = given.grade, grade_possible = given."gradePossible", tracks = given.tracks,
      judgement = decode(given.judgement, 'hex')
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as given(id bigint, ruleset text, level text,
      "levelPossible" text, grade text, "gradePossible" text, tracks jsonb, judgement text)
    where audit.id = given.id`.execute(trx);
}

function derivedColumns(row: AuditRow): DerivedColumns {
  const { ruleset, level, levelPossible, grade, gradePossible, tracks } = row;
  const judgement = Buffer.from(row.judgement).toString("hex");
  return { ruleset, level, levelPossible, grade, gradePossible, tracks, judgement };
}

function select(db: Database, { portal, vantage }: AuditedPair) {
  return db
    .selectFrom("audit")
    .selectAll()
    .where("portal_id", "=", portal)
    .where("vantage_id", "=", vantage);
}

function toAuditRow(
  row: Awaited<ReturnType<ReturnType<typeof select>["executeTakeFirstOrThrow"]>>,
): AuditRow {
  return {
    id: row.id,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    url: row.url,
    timings: row.timings,
    gate: row.gate,
    hosts: row.hosts,
    chains: row.chains,
    zone: row.zone,
    page: row.page,
    mail: row.mail,
    certificates: row.certificates,
    judgement: row.judgement,
    ruleset: row.ruleset,
    level: row.level,
    levelPossible: row.level_possible,
    grade: row.grade,
    gradePossible: row.grade_possible,
    tracks: row.tracks,
  };
}
