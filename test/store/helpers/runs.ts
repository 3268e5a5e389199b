import { sql } from "kysely";
import type { Database } from "../../../src/store/database.ts";

/** A run as it is read, by column; instants in microseconds since the epoch. */
export type StoredRun = Readonly<Record<string, string | number | null>>;

const COLUMNS =
  sql.raw(`portal_id, family, vantage_id, attempt, start_delay_ms, outcome, failure, failure_source, status,
  resolve_ms, connect_ms, tls_ms, processing_ms, transfer_ms, total_ms, hop_count, body_bytes, loop_lag_ms, address_id,
  certificate_id, evidence_id`);

/** What a packed run keeps but for rounding. */
export const DURATIONS = [
  "resolve_ms",
  "connect_ms",
  "tls_ms",
  "processing_ms",
  "transfer_ms",
  "total_ms",
  "loop_lag_ms",
] as const;

/** Every run, packed or not, in the order of its key. */
export async function readRuns(db: Database): Promise<StoredRun[]> {
  const { rows } = await sql<StoredRun>`
    select ${COLUMNS}, (extract(epoch from scheduled_at) * 1000000)::bigint as at_us from probe_run
    order by portal_id, family, vantage_id, scheduled_at, attempt`.execute(db);
  return rows;
}

/** Puts runs into their table, as `readRuns` gives them. */
export async function insertRuns(db: Database, runs: readonly StoredRun[]): Promise<void> {
  await sql`
    insert into probe_result (${COLUMNS}, scheduled_at)
    select ${COLUMNS}, timestamptz '1970-01-01Z' + at_us * interval '1 microsecond'
    from jsonb_to_recordset(${JSON.stringify(runs)}::jsonb) as given(portal_id int, family text, vantage_id smallint,
      attempt smallint, start_delay_ms real, outcome text, failure text, failure_source text, status smallint,
      resolve_ms real, connect_ms real, tls_ms real, processing_ms real, transfer_ms real, total_ms real,
      hop_count smallint, body_bytes int, loop_lag_ms real, address_id int, certificate_id int, evidence_id bigint,
      at_us bigint)`.execute(db);
}

/** How many runs are rows, and how many are packed. */
export async function countRuns(db: Database): Promise<{ rows: number; packed: number }> {
  const { rows } = await sql<{ rows: number; packed: number }>`
    select (select count(*) from probe_result) as rows,
      (select coalesce(sum(array_length(measured, 1)), 0) from probe_hour) as packed`.execute(db);
  return rows[0] ?? { rows: 0, packed: 0 };
}
