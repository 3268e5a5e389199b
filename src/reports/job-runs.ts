import { sql } from "kysely";
import type { Database } from "../store/database.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";

/** One run of a job. Instants are ISO 8601 UTC. */
export interface JobRunRow {
  readonly id: number;
  readonly job: string;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly outcome: "running" | "ok" | "failed" | "interrupted";
  readonly detail: object | null;
}

/** The number of the last run shown. */
export type JobRunPosition = readonly [number];

/** Job runs, latest first. */
export async function listJobRuns(
  db: Database,
  filter: { job?: string | undefined },
  page: PageRequest<JobRunPosition>,
): Promise<Page<JobRunRow, JobRunPosition>> {
  let query = db
    .selectFrom("job_run")
    .select(["id", "job", "started_at", "outcome"])
    .select([
      sql<Date | null>`finished_at`.as("finished_at"),
      sql<object | null>`detail`.as("detail"),
    ])
    .orderBy("id", "desc")
    .limit(page.limit + 1);
  if (filter.job !== undefined) query = query.where("job", "=", filter.job);
  if (page.after) query = query.where("id", "<", page.after[0]);
  const rows = await query.execute();
  return toPage(
    rows.map((row) => ({
      ...row,
      started_at: row.started_at.toISOString(),
      finished_at: row.finished_at?.toISOString() ?? null,
    })),
    page.limit,
    ({ id }): JobRunPosition => [id],
  );
}

/** When a job last went well. */
export interface JobSuccess {
  readonly job: string;
  /** When that run ended, milliseconds since the epoch. */
  readonly at: number;
}

/** When each of these jobs last went well; one without such a run on record is absent. */
export async function lastSuccesses(db: Database, jobs: readonly string[]): Promise<JobSuccess[]> {
  const { rows } = await sql<{ job: string; at: Date }>`
    select named.job, last.finished_at as at
    from unnest(${[...jobs]}::text[]) as named(job)
    cross join lateral (select finished_at from job_run r
      where r.job = named.job and outcome = 'ok' order by started_at desc limit 1) last
    order by named.job`.execute(db);
  return rows.map(({ job, at }) => ({ job, at: at.getTime() }));
}
