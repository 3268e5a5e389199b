import { sql } from "kysely";
import type { Database } from "../../../src/store/database.ts";

/** A row in every table of incidents, maintenance and notifications; there are a portal 1 and a vantage point 1. */
export async function fillIncidents(db: Database): Promise<void> {
  for (const statement of ROWS) await sql.raw(statement).execute(db);
}

// The child and the merged message stand before what they name: a restore must not depend on the order of rows.
const ROWS = [
  `insert into portal_track values (1, 'ip4', 1, 'down', '2026-11-22T08:01:00Z', '2026-11-22T08:01:30Z', '{"at": 1}')`,
  `insert into vantage_track values (1, 'mass', 'up', '2026-11-22T08:00:00Z', '2026-11-22T08:00:00Z', '{}')`,
  `insert into incident_severity values ('down', 'whole', '*', 'major')`,
  `insert into incident (id, kind, subject, network, portal_id, family, scope, severity, cause, opened_at, confirmed_at,
    last_bad_at, resolved_at, closed_by, confirmation, evidence, parent_id, reopened, told_at, ack_by, ack_at, ack_until,
    post_mortem) values
    (1, 'down', 'portal:1', 'state-network', 1, 'ip4', 'partial', 'minor', 'connect_refused', '2026-11-22T08:01:00.003Z',
      '2026-11-22T08:01:30Z', '2026-11-22T08:02:00Z', '2026-11-22T08:03:00Z', 'recovered', '{"vantages": [1]}', '{"a": 1}',
      2, 1, '2026-11-22T08:02:00Z', 'trực ban', '2026-11-22T08:02:00Z', '2026-11-22T09:00:00Z', 'Đứt cáp.'),
    (2, 'down', 'address:192.0.2.1', 'internet', null, null, 'whole', 'major', 'common_address', '2026-11-22T08:01:00Z',
      '2026-11-22T08:01:30Z', '2026-11-22T08:02:00Z', null, null, '{}', '{}', null, 0, null, null, null, null, null)`,
  `select setval('incident_id_seq', 2)`,
  `insert into incident_member values (2, 1, 'ip4', '2026-11-22T08:01:00Z', null)`,
  `insert into incident_event (incident_id, event, at, actor, facts)
    values (1, 'commented', '2026-11-22T08:02:00Z', 'trực ban', '{"text": "đã gọi"}')`,
  `insert into maintenance_window (title, portal_id, starts_at, duration_minutes, rrule, created_by)
    values ('Bảo trì', 1, '2026-11-22T15:00:00Z', 60, 'FREQ=WEEKLY', 'trực ban')`,
  `insert into maintenance_occurrence values (1, '2026-11-22T15:00:00Z', '2026-11-22T16:00:00Z')`,
  `insert into notification (id, incident_id, event, channel, dedupe_key, message, state, next_at, created_at, merged_into)
    values (1, 1, 'opened', 'mail', '1/opened/0/mail', '{"version": 1}', 'merged', '2026-11-22Z', '2026-11-22Z', 2),
      (2, null, 'digest', 'mail', 'digest/1/mail', '{"version": 1}', 'sent', '2026-11-22Z', '2026-11-22Z', null)`,
  `select setval('notification_id_seq', 2)`,
  `insert into notify_channel values ('zalo', 'zalo', '{"token": "…"}', '2026-11-22Z')`,
  `insert into status_item (portal_id, position, added_by) values (1, 1, 'trực ban')`,
  `insert into status_note (text_vi, incident_id, created_by) values ('Đang khắc phục', 1, 'trực ban')`,
];
