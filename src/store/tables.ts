import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { TableSchema } from "./schema.ts";

const IS_TABLE: Record<keyof TableSchema, true> = {
  admin_unit: true,
  admin_unit_attribute: true,
  admin_unit_event: true,
  agency: true,
  portal: true,
  vantage: true,
  api_key: true,
  audit_log: true,
  job_run: true,
  portal_address: true,
  certificate: true,
  portal_certificate: true,
  failure_evidence: true,
  probe_result: true,
  probe_hour: true,
  probe_latest: true,
  probe_rollup_hour: true,
  probe_rollup_day: true,
  rollup_dirty: true,
  retention_mark: true,
  observation_part: true,
  certificate_der: true,
  audit: true,
  finding: true,
  standing: true,
  standing_track: true,
  vantage_event: true,
  requirement: true,
  conversion_plan: true,
  plan_phase: true,
  follow_up: true,
  portal_confirmation: true,
  seen_name: true,
  digest_recipient: true,
  digest_delivery: true,
  reference_mark: true,
  region: true,
  region_member: true,
  denominator_kind: true,
  indicator: true,
  coverage_target: true,
  coverage_source: true,
  submission: true,
  submission_piece: true,
  submission_fault: true,
  held_row: true,
  coverage_figure: true,
  coverage_denominator: true,
  coverage_round: true,
  coverage_round_duty: true,
  coverage_contact: true,
  coverage_reminder: true,
  coverage_release: true,
  coverage_release_break: true,
  coverage_release_sum: true,
  coverage_challenge: true,
  portal_track: true,
  vantage_track: true,
  incident_severity: true,
  incident: true,
  incident_member: true,
  incident_event: true,
  maintenance_window: true,
  maintenance_occurrence: true,
  notification: true,
  notify_channel: true,
  status_item: true,
  status_note: true,
};

/** Every table of the present schema; partitions are part of theirs. */
export const TABLES = Object.keys(IS_TABLE) as readonly (keyof TableSchema)[];

/** Tables that earlier versions had. */
export const FORMER_TABLES: readonly string[] = ["admin_unit_change", "admin_unit_predecessor"];

/** A column with its type as the database writes it (`timestamp with time zone`, `integer[]`). */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/** The columns of every table of this service in a database, whatever the version of its schema, by table. */
export async function readColumns(db: Database): Promise<Map<string, Column[]>> {
  const { rows } = await sql<{ table: string; name: string; type: string }>`
    select pg_class.relname as table, attname as name, format_type(atttypid, atttypmod) as type
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace and nspname = current_schema()
    join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where relkind in ('r', 'p') and not relispartition and relname not like 'kysely_migration%'
    order by relname, attnum`.execute(db);
  const tables = new Map<string, Column[]>();
  for (const { table, ...column } of rows) {
    tables.set(table, [...(tables.get(table) ?? []), column]);
  }
  return tables;
}
