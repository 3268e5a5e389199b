import { sql } from "kysely";
import type { Database } from "../../store/database.ts";
import { type Page, type PageRequest, toPage } from "../page.ts";

/** An imported file as lists show it. `accepted`, `held` and `refused` are rows as they were when it came. */
export interface SubmissionRow {
  readonly id: number;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly format: "csv" | "xlsx" | "ods" | "unknown";
  readonly encoding: string | null;
  readonly source: string | null;
  readonly via: "command" | "api" | "page" | "inbox" | "seed";
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly received_at: string;
  readonly outcome: "accepted" | "held" | "refused";
  readonly accepted: number;
  readonly held: number;
  readonly refused: number;
  /** Figures that were recorded already. */
  readonly unchanged: number;
  readonly faults: number;
  /** Held rows that still wait for a person. */
  readonly waiting: number;
  /** Whether the file was kept and can be had again. */
  readonly kept: boolean;
}

/** An imported file with what was stated beside it and what its columns were taken for. */
export interface SubmissionDetail extends SubmissionRow {
  readonly settings: object;
  readonly understood: object | null;
}

/** Which submissions; `province`: only those that a key limited to it may see. */
export interface SubmissionFilter {
  readonly source?: string | undefined;
  readonly outcome?: SubmissionRow["outcome"] | undefined;
  readonly province: string | null;
}

/** Submissions, newest first; the position is the id of the last one shown. */
export async function listSubmissions(
  db: Database,
  filter: SubmissionFilter,
  page: PageRequest<readonly [number]>,
): Promise<Page<SubmissionRow, readonly [number]>> {
  let query = submissions(db, filter.province)
    .orderBy("s.id", "desc")
    .limit(page.limit + 1);
  if (filter.source !== undefined) query = query.where("s.source_code", "=", filter.source);
  if (filter.outcome !== undefined) query = query.where("s.outcome", "=", filter.outcome);
  if (page.after) query = query.where("s.id", "<", page.after[0]);
  const rows = await query.execute();
  return toPage(rows.map(toRow), page.limit, ({ id }): readonly [number] => [id]);
}

/** One submission, or null where there is none that this province may see. */
export async function findSubmission(
  db: Database,
  id: number,
  province: string | null,
): Promise<SubmissionDetail | null> {
  const row = await submissions(db, province)
    .select(["s.settings", "s.understood"])
    .where("s.id", "=", id)
    .executeTakeFirst();
  if (!row) return null;
  const { settings, understood } = row;
  return { ...toRow(row), settings, understood };
}

function submissions(db: Database, province: string | null) {
  return db
    .selectFrom("submission as s")
    .leftJoin("coverage_source as c", "c.code", "s.source_code")
    .leftJoin("admin_unit as u", "u.id", "c.province_id")
    .select([
      "s.id",
      "s.file_name",
      "s.sha256",
      "s.bytes",
      "s.format",
      "s.encoding",
      "s.source_code",
      "s.via",
      "s.actor",
      sql<Date>`s.received_at`.as("received_at"),
      "s.outcome",
      "s.accepted",
      "s.held",
      "s.refused",
      "s.unchanged",
      "s.faults",
      sql<boolean>`exists (select from submission_piece p where p.submission_id = s.id)`.as("kept"),
      sql<number>`(select count(*) from held_row h
        where h.submission_id = s.id and h.state in ('pending', 'proposed'))`.as("waiting"),
    ])
    .$if(province !== null, (query) => query.where("u.code", "=", province ?? ""));
}

type Row = Awaited<ReturnType<ReturnType<typeof submissions>["executeTakeFirstOrThrow"]>>;

function toRow(row: Row): SubmissionRow {
  return {
    id: row.id,
    file: row.file_name,
    sha256: row.sha256,
    bytes: row.bytes,
    format: row.format,
    encoding: row.encoding,
    source: row.source_code,
    via: row.via,
    by: row.actor,
    received_at: row.received_at.toISOString(),
    outcome: row.outcome,
    accepted: row.accepted,
    held: row.held,
    refused: row.refused,
    unchanged: row.unchanged,
    faults: row.faults,
    waiting: row.waiting,
    kept: row.kept,
  };
}

/** How many submissions have rows that wait for a person. */
export async function submissionsWaiting(db: Database): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct submission_id) as count from held_row
    where state in ('pending', 'proposed')`.execute(db);
  return rows[0]?.count ?? 0;
}
