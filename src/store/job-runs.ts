import { sql } from "kysely";
import type { Database } from "./database.ts";

/** A running job says every so often that it lives; one that has not for LEASE_MS has died with its process. */
export const HEARTBEAT_MS = 15_000;
const LEASE_MS = 4 * HEARTBEAT_MS;

export interface JobRun {
  readonly id: number;
  readonly job: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly outcome: "running" | "ok" | "failed" | "interrupted";
  readonly detail: object | null;
}

/**
 * Begins a run and returns its number, or null while another run of the job goes on, in this process or another.
 * A run whose process died is closed as interrupted, and its place is taken.
 */
export async function beginRun(db: Database, job: string, now: Date): Promise<number | null> {
  return db.transaction().execute(async (trx) => {
    await interrupt(trx, job, now, new Date(now.getTime() - LEASE_MS));
    const { rows } = await sql<{ id: number }>`
      insert into job_run (job, started_at, heartbeat_at, outcome) values (${job}, ${now}, ${now}, 'running')
      on conflict (job) where outcome = 'running' do nothing
      returning id`.execute(trx);
    return rows[0]?.id ?? null;
  });
}

/** Says that a run goes on. */
export async function beatRun(db: Database, id: number, now: Date): Promise<void> {
  await db
    .updateTable("job_run")
    .set({ heartbeat_at: now })
    .where("id", "=", id)
    .where("outcome", "=", "running")
    .execute();
}

/** Closes a run; one that was given up for dead in the meantime gets its true end. */
export async function finishRun(
  db: Database,
  id: number,
  end: { outcome: "ok" | "failed"; detail: object; now: Date },
): Promise<void> {
  await db
    .updateTable("job_run")
    .set({ outcome: end.outcome, finished_at: end.now, detail: JSON.stringify(end.detail) })
    .where("id", "=", id)
    .execute();
}

/** Closes every run that is called running. For a process that knows that it is the only one on the database. */
export async function interruptRuns(db: Database, now: Date): Promise<void> {
  await interrupt(db, null, now, now);
}

/** The last runs, newest first. */
export async function listRuns(
  db: Database,
  { job, limit }: { job?: string; limit: number },
): Promise<JobRun[]> {
  const rows = await db
    .selectFrom("job_run")
    .selectAll()
    .$if(job !== undefined, (find) => find.where("job", "=", job ?? ""))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    job: row.job,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    outcome: row.outcome,
    detail: row.detail,
  }));
}

/** Forgets runs that ended before an instant; returns how many. */
export async function forgetRuns(db: Database, before: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom("job_run")
    .where("outcome", "!=", "running")
    .where("started_at", "<", before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

async function interrupt(db: Database, job: string | null, now: Date, silentSince: Date) {
  await sql`
    update job_run set outcome = 'interrupted', finished_at = ${now}
    where outcome = 'running' and (${job}::text is null or job = ${job})
      and coalesce(heartbeat_at, started_at) <= ${silentSince}`.execute(db);
}
