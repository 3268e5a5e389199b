import type { Generated, JSONColumnType } from "kysely";
import type { Family } from "../domain/family.ts";
import type { IncidentKind, IncidentScope, Severity } from "../domain/incident/kinds.ts";
import type { NotifyEvent, NotifyMessage } from "../domain/incident/notice.ts";
import type { ToldState } from "../domain/incident/telling.ts";
import type { Held } from "../domain/incident/telling.ts";
import type { ConditionPhase, Track } from "../domain/incident/track.ts";
import type { PortalKind } from "../domain/portal.ts";
import type { Instant, InstantByDefault } from "./column-types.ts";

interface TrackColumns {
  vantage_id: number;
  /** Of the whole track: the phase of whether the portal can be reached. */
  phase: ConditionPhase;
  since: Instant;
  /** When the last run began that changed the track. */
  seen_at: Instant;
}

interface PortalTrackTable extends TrackColumns {
  portal_id: number;
  family: Family;
  track: JSONColumnType<Track>;
}

/** What a vantage point is told apart by; `mass`: many portals newly fail from here. */
export type VantagePart = "ip4" | "ip6" | "resolver" | "schedule" | "mass";

interface VantageTrackTable extends TrackColumns {
  part: VantagePart;
  track: JSONColumnType<object>;
}

interface IncidentSeverityTable {
  kind: IncidentKind;
  scope: IncidentScope;
  /** `*` where it holds for what no other row names, and for what is no portal. */
  portal_kind: PortalKind | "*";
  severity: Severity;
}

interface IncidentTable {
  id: Generated<number>;
  kind: IncidentKind;
  /** What it is about, see domain/incident/subject.ts. */
  subject: string;
  /** The network that its vantage points stand in. */
  network: Generated<string>;
  portal_id: number | null;
  vantage_id: number | null;
  /** The one family that is meant; null: all that the portal publishes. */
  family: Family | null;
  scope: Generated<IncidentScope>;
  severity: Severity;
  /** A failure kind, or a slug of what opened it. */
  cause: string;
  /** First bad observation. */
  opened_at: Instant;
  confirmed_at: Instant;
  last_bad_at: Instant;
  /** First good observation of the run of good ones that closed it. */
  resolved_at: Instant | null;
  closed_by: string | null;
  confirmation: JSONColumnType<object, string | undefined>;
  evidence: JSONColumnType<object, string | undefined>;
  parent_id: number | null;
  flapping: Generated<boolean>;
  reopened: Generated<number>;
  told_at: Instant | null;
  told_severity: Severity | null;
  /** What was told last, so that only what got worse is told again; null before. */
  told: JSONColumnType<ToldState, string | undefined> | null;
  told_resolved_at: Instant | null;
  /** Why nobody is told at present. */
  held: Held | null;
  escalation_step: Generated<number>;
  escalate_at: Instant | null;
  ack_by: string | null;
  ack_at: Instant | null;
  ack_until: Instant | null;
  post_mortem: string | null;
  created_at: InstantByDefault;
  updated_at: InstantByDefault;
}

interface IncidentMemberTable {
  incident_id: number;
  portal_id: number;
  family: Family | null;
  from_at: Instant;
  to_at: Instant | null;
}

interface IncidentEventTable {
  id: Generated<number>;
  incident_id: number;
  event: string;
  at: Instant;
  recorded_at: InstantByDefault;
  actor: string | null;
  facts: JSONColumnType<object, string | undefined>;
}

interface MaintenanceWindowTable {
  id: Generated<number>;
  title: string;
  note: string | null;
  portal_id: number | null;
  agency_id: number | null;
  province_id: number | null;
  starts_at: Instant;
  duration_minutes: number;
  /** RFC 5545 without DTSTART; null: once. */
  rrule: string | null;
  timezone: Generated<string>;
  created_by: string;
  created_at: InstantByDefault;
  cancelled_at: Instant | null;
  cancelled_by: string | null;
  /** Occurrences are written out up to here. */
  expanded_until: Instant | null;
}

interface MaintenanceOccurrenceTable {
  window_id: number;
  starts_at: Instant;
  ends_at: Instant;
}

interface NotificationTable {
  id: Generated<number>;
  incident_id: number | null;
  event: NotifyEvent;
  /** Counts repeats of one event: changes, escalation steps. */
  step: Generated<number>;
  /** Name of the channel in the configuration. */
  channel: string;
  /** The same for every try; receivers can use it. */
  dedupe_key: string;
  message: JSONColumnType<NotifyMessage>;
  state: Generated<"pending" | "sent" | "dead" | "merged">;
  attempts: Generated<number>;
  next_at: Instant;
  claimed_until: Instant | null;
  created_at: Instant;
  sent_at: Instant | null;
  error: string | null;
  /** What the receiver called the message, for an answer to it. */
  receipt: string | null;
  merged_into: number | null;
}

interface NotifyChannelTable {
  name: string;
  kind: string;
  /** Of the channel itself: tokens that are renewed, when it was last tested. Never a secret of the configuration. */
  state: JSONColumnType<object, string | undefined>;
  updated_at: Instant;
}

interface StatusItemTable {
  portal_id: number;
  position: number;
  added_by: string;
  added_at: InstantByDefault;
}

interface StatusNoteTable {
  id: Generated<number>;
  text_vi: string;
  text_en: string | null;
  incident_id: number | null;
  created_by: string;
  created_at: InstantByDefault;
  ended_at: Instant | null;
}

/** Tables of incidents, maintenance and notifications. */
export interface IncidentSchema {
  portal_track: PortalTrackTable;
  vantage_track: VantageTrackTable;
  incident_severity: IncidentSeverityTable;
  incident: IncidentTable;
  incident_member: IncidentMemberTable;
  incident_event: IncidentEventTable;
  maintenance_window: MaintenanceWindowTable;
  maintenance_occurrence: MaintenanceOccurrenceTable;
  notification: NotificationTable;
  notify_channel: NotifyChannelTable;
  status_item: StatusItemTable;
  status_note: StatusNoteTable;
}
