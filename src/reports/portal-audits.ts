import { sql } from "kysely";
import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import type { AuditTrigger } from "../store/audit-schema.ts";
import type { Database } from "../store/database.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";

/** One audit and what it says by itself; the list shows what several of them confirm. Instants are ISO 8601 UTC. */
export interface AuditRow {
  readonly id: number;
  readonly vantage: string;
  readonly trigger: AuditTrigger;
  readonly scheduled_at: string;
  readonly started_at: string;
  readonly ended_at: string;
  readonly url: string;
  readonly ruleset: string;
  /** The best that it proves, and the best that it leaves possible. */
  readonly level: ReadinessLevel;
  readonly level_possible: ReadinessLevel;
  readonly grade: HttpsGrade;
  readonly grade_possible: HttpsGrade;
}

/** When the last audit shown began, ISO 8601 UTC, and its number. */
export type AuditPosition = readonly [string, number];

/** Audits of one portal, latest first, from every vantage point. */
export async function listAudits(
  db: Database,
  portal: number,
  page: PageRequest<AuditPosition>,
): Promise<Page<AuditRow, AuditPosition>> {
  let query = auditsQuery(db)
    .where("x.portal_id", "=", portal)
    .orderBy("x.started_at", "desc")
    .orderBy("x.id", "desc")
    .limit(page.limit + 1);
  if (page.after) {
    const [at, id] = page.after;
    query = query.where(
      sql<boolean>`(x.started_at, x.id) < (${new Date(at)}::timestamptz, ${id}::bigint)`,
    );
  }
  const { rows, next } = toPage(await query.execute(), page.limit, (row): AuditPosition => [
    row.started_at.toISOString(),
    row.id,
  ]);
  return { rows: rows.map(toAuditRow), next };
}

/** One audit of one portal; null if there is none (any more). */
export async function findAudit(
  db: Database,
  portal: number,
  audit: number,
): Promise<AuditRow | null> {
  const row = await auditsQuery(db)
    .where("x.portal_id", "=", portal)
    .where("x.id", "=", audit)
    .executeTakeFirst();
  return row ? toAuditRow(row) : null;
}

function auditsQuery(db: Database) {
  return db
    .selectFrom("audit as x")
    .innerJoin("vantage as v", "v.id", "x.vantage_id")
    .select([
      "x.id",
      "v.name as vantage",
      "x.trigger",
      "x.scheduled_at",
      "x.started_at",
      "x.ended_at",
      "x.url",
      "x.ruleset",
      "x.level",
      "x.level_possible",
      "x.grade",
      "x.grade_possible",
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof auditsQuery>["executeTakeFirstOrThrow"]>>;

function toAuditRow(row: Row): AuditRow {
  return {
    ...row,
    scheduled_at: row.scheduled_at.toISOString(),
    started_at: row.started_at.toISOString(),
    ended_at: row.ended_at.toISOString(),
  };
}
