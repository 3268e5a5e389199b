import { type Kysely, sql } from "kysely";

/** What regular work needs: one run of a job at a time, a mark of what retention has dropped, look-ups by code and hour. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // Rows that were left running have no process any more: the schema changes only while no service runs.
  `update job_run set outcome = 'interrupted', finished_at = started_at where outcome = 'running'`,
  `alter table job_run add column heartbeat_at timestamptz`,
  `create unique index job_run_running on job_run (job) where outcome = 'running'`,
  `alter table rollup_dirty add column rolled_at timestamptz`,
  `create table retention_mark (
    table_name text primary key,
    dropped_before date not null
  )`,
  // The exclusion constraint's index does not serve a look-up by code.
  `create index admin_unit_code on admin_unit (code, level)`,
  `create index probe_rollup_hour_start on probe_rollup_hour (start_at)`,
];
