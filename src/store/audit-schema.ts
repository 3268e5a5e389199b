import type { Generated, JSONColumnType } from "kysely";
import type { AuditTimings } from "../domain/audit/observation.ts";
import type { Tracks } from "../domain/audit-reading.ts";
import type { Family } from "../domain/family.ts";
import type { Cause, CheckId, Verdict } from "../domain/finding.ts";
import type { Blocker } from "../domain/judgement.ts";
import type { HttpsGrade, ReadinessLevel } from "../domain/readiness.ts";
import type { Track } from "../domain/standing.ts";
import type { Instant } from "./column-types.ts";

/** What an audit keeps by content: its facts and, as `judgement`, what the rules concluded from them alone. */
export type PartName =
  | "gate"
  | "hosts"
  | "chains"
  | "zone"
  | "page"
  | "mail"
  | "certificates"
  | "judgement";

interface ObservationPartTable {
  digest: Uint8Array;
  part: PartName;
  body: JSONColumnType<object>;
  first_seen: Instant;
  /** At most a day before the last audit that holds it. */
  last_seen: Instant;
}

interface CertificateDerTable {
  fingerprint: string;
  der: Uint8Array;
  first_seen: Instant;
  /** At most a day before the last audit that met it. */
  last_seen: Instant;
}

/** What made an audit run: the schedule, somebody who asked, or "mended, check again". */
export type AuditTrigger = "schedule" | "asked" | "recheck";

interface AuditTable extends Record<PartName, Uint8Array> {
  id: Generated<number>;
  portal_id: number;
  vantage_id: number;
  scheduled_at: Instant;
  trigger: AuditTrigger;
  started_at: Instant;
  ended_at: Instant;
  url: string;
  timings: JSONColumnType<AuditTimings>;
  ruleset: string;
  /** As far as they are believed: U where a vantage event explains the audit, whatever `judgement` says. */
  level: ReadinessLevel;
  level_possible: ReadinessLevel;
  grade: HttpsGrade;
  grade_possible: HttpsGrade;
  /** What was believed after this audit; a replay of later ones begins there. */
  tracks: JSONColumnType<Tracks>;
}

/** Empty text: the finding is about the portal as a whole. */
export type FindingFamily = Family | "";

interface FindingTable {
  id: Generated<number>;
  portal_id: number;
  vantage_id: number;
  check_id: CheckId;
  family: FindingFamily;
  verdict: Verdict;
  reason: string;
  evidence: JSONColumnType<Readonly<Record<string, unknown>>>;
  timings: JSONColumnType<Readonly<Record<string, number>>> | null;
  causes: JSONColumnType<readonly Cause[], string | undefined>;
  ruleset: string;
  /** When this verdict began; audits that could not tell do not interrupt it. */
  since: Instant;
  first_seen: Instant;
  last_seen: Instant;
  /** When reason or evidence changed last. */
  last_changed: Instant;
  audits: Generated<number>;
  first_audit_id: number;
  last_audit_id: number;
  /** The audit that no longer found it; null for the present finding of a check. */
  ended_at: Instant | null;
  /** For `unknown`: the last verdict that could be told, and since when; null if there was none. */
  known_verdict: Verdict | null;
  known_since: Instant | null;
}

/** Confirmed level and grade as spans; the open one is the present. */
interface StandingTable {
  id: Generated<number>;
  portal_id: number;
  vantage_id: number;
  level: ReadinessLevel;
  grade: HttpsGrade;
  from_at: Instant;
  to_at: Instant | null;
  /** The audit that confirmed it. */
  audit_id: number;
}

interface StandingTrackTable {
  portal_id: number;
  vantage_id: number;
  level_track: JSONColumnType<Track<ReadinessLevel>>;
  grade_track: JSONColumnType<Track<HttpsGrade>>;
  provisional_days: number | null;
  level_blockers: JSONColumnType<readonly Blocker[], string | undefined>;
  grade_blockers: JSONColumnType<readonly Blocker[], string | undefined>;
  flapping: Generated<boolean>;
  last_audit_id: number;
  last_audit_at: Instant;
}

interface VantageEventTable {
  id: Generated<number>;
  vantage_id: number;
  family: Family;
  check_id: CheckId;
  reason: string;
  began_at: Instant;
  ended_at: Instant | null;
  good_before: number;
  failed: number;
}

/** Tables of audits and what is concluded from them. */
export interface AuditSchema {
  observation_part: ObservationPartTable;
  certificate_der: CertificateDerTable;
  audit: AuditTable;
  finding: FindingTable;
  standing: StandingTable;
  standing_track: StandingTrackTable;
  vantage_event: VantageEventTable;
}
