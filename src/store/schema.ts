import type { Generated, JSONColumnType } from "kysely";
import type { Expectation, Lifecycle, PortalKind } from "../domain/portal.ts";
import type { Family } from "../domain/family.ts";
import type { FailureKind } from "../domain/failure.ts";
import type { Evidence } from "../domain/observation.ts";
import type { VantageState } from "../domain/vantage.ts";
import type { AuditSchema } from "./audit-schema.ts";
import type { Day, Instant, InstantByDefault } from "./column-types.ts";
import type { ComplianceSchema } from "./compliance-schema.ts";
import type { CoverageSchema } from "./coverage-schema.ts";
import type { IncidentSchema } from "./incident-schema.ts";
import type { RunSchema, RunViews } from "./run-schema.ts";
import type { UnitSchema } from "./unit-schema.ts";

/** Sparse log-bucket histogram `[bucket, count, bucket, count, …]`, see domain/latency-buckets.ts. */
type Histogram = number[];

interface AgencyTable {
  id: Generated<number>;
  slug: string;
  owner_type: string;
  owner_code: string;
  name_vi: string;
  name_en: string | null;
  made_up: Generated<boolean>;
}

interface PortalTable {
  id: Generated<number>;
  slug: string;
  url: string;
  host: string;
  name_vi: string;
  name_en: string | null;
  kind: PortalKind;
  agency_id: number;
  province_id: number | null;
  lifecycle: Generated<Lifecycle>;
  merged_into_id: number | null;
  expectation: JSONColumnType<Expectation, string | undefined>;
  source: string | null;
  evidence_class: string | null;
  note: string | null;
  made_up: Generated<boolean>;
  created_at: InstantByDefault;
  updated_at: InstantByDefault;
  retired_at: Instant | null;
}

interface VantageTable {
  id: Generated<number>;
  name: string;
  country: string | null;
  /** Vantage points of different networks are never voted together. */
  network: Generated<string>;
  state: JSONColumnType<VantageState> | null;
  checked_at: Instant | null;
  created_at: InstantByDefault;
}

export type KeyRole = "reader" | "operator" | "admin";

interface ApiKeyTable {
  id: Generated<number>;
  label: string;
  prefix: string;
  hash: Uint8Array;
  role: KeyRole;
  agency_id: number | null;
  province_id: number | null;
  created_at: InstantByDefault;
  last_used_at: Instant | null;
  revoked_at: Instant | null;
}

interface AuditLogTable {
  id: Generated<number>;
  at: InstantByDefault;
  key_id: number | null;
  actor: string;
  action: string;
  object_type: string;
  object_id: string;
  before: JSONColumnType<object> | null;
  after: JSONColumnType<object> | null;
}

interface JobRunTable {
  id: Generated<number>;
  job: string;
  started_at: Instant;
  finished_at: Instant | null;
  outcome: "running" | "ok" | "failed" | "interrupted";
  /** Last sign of life of a running one; a run without any for a while has died. */
  heartbeat_at: Instant | null;
  detail: JSONColumnType<object> | null;
}

interface PortalAddressTable {
  id: Generated<number>;
  portal_id: number;
  family: Family;
  address: string;
  first_seen: Instant;
  last_seen: Instant;
}

interface CertificateTable {
  id: Generated<number>;
  fingerprint: string;
  subject: string;
  issuer: string;
  serial: string;
  not_before: Instant;
  not_after: Instant;
  earliest_not_after: Instant;
  names: string[];
  key_type: string;
  key_bits: number | null;
  chain_length: number;
  first_seen: Instant;
  last_seen: Instant;
}

interface PortalCertificateTable {
  portal_id: number;
  family: Family;
  certificate_id: number;
  first_seen: Instant;
  last_seen: Instant;
}

interface FailureEvidenceTable {
  id: Generated<number>;
  portal_id: number;
  family: Family;
  vantage_id: number;
  day: Day;
  digest: Uint8Array;
  failure: FailureKind;
  evidence: JSONColumnType<Evidence>;
  first_seen: Instant;
  last_seen: Instant;
}

interface RollupColumns {
  portal_id: number;
  family: Family;
  vantage_id: number;
  /** Runs that were due in the span; what `ok` to `skipped` leave over were never recorded (the service was down). */
  slots: number;
  ok: number;
  degraded: number;
  fail: number;
  unknown: number;
  no_address: number;
  skipped: number;
  /** Of the runs that `ok` to `skipped` count, those in maintenance: all but `no_address`, ok or degraded, and fail. */
  maintenance: Generated<number>;
  maintenance_good: Generated<number>;
  maintenance_bad: Generated<number>;
  /** Runs that failed outside maintenance while this place itself was in doubt. */
  suspect: Generated<number>;
  resolve_hist: Histogram;
  connect_hist: Histogram;
  tls_hist: Histogram;
  processing_hist: Histogram;
  transfer_hist: Histogram;
  total_hist: Histogram;
}

interface RollupHourTable extends RollupColumns {
  start_at: Instant;
}

interface RollupDayTable extends RollupColumns {
  day: Day;
}

interface RollupDirtyTable {
  hour: Instant;
  touched_at: Instant;
  /** When an hour that goes on was rolled up last. */
  rolled_at: Instant | null;
}

interface RetentionMarkTable {
  table_name: string;
  /** Partitions before this day were dropped and are never made again. */
  dropped_before: Day;
}

/** Every table, as migrations/ leaves them. */
export interface TableSchema
  extends RunSchema, UnitSchema, AuditSchema, ComplianceSchema, CoverageSchema, IncidentSchema {
  agency: AgencyTable;
  portal: PortalTable;
  vantage: VantageTable;
  api_key: ApiKeyTable;
  audit_log: AuditLogTable;
  job_run: JobRunTable;
  portal_address: PortalAddressTable;
  certificate: CertificateTable;
  portal_certificate: PortalCertificateTable;
  failure_evidence: FailureEvidenceTable;
  probe_rollup_hour: RollupHourTable;
  probe_rollup_day: RollupDayTable;
  rollup_dirty: RollupDirtyTable;
  retention_mark: RetentionMarkTable;
}

/** Tables, and views that are read like tables. */
export interface Schema extends TableSchema, RunViews {}
