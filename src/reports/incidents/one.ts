import type { Database } from "../../store/database.ts";
import type { ResultRow } from "../portal-results.ts";
import { evidenceRuns, incidentMembers, type MemberRow } from "./evidence-runs.ts";
import { type IncidentRecord, type IncidentRow, incidentsQuery, toIncidentRow } from "./row.ts";
import { incidentTimeline, type TimelineRow } from "./timeline.ts";

/** How an incident was confirmed, with names of vantage points. */
export interface ConfirmationRow {
  readonly vantages: readonly string[];
  readonly observations: number;
  readonly confirmations: number;
  readonly single_vantage: boolean;
}

/** Everything that is told of one incident. */
export interface IncidentDetail extends IncidentRow {
  readonly confirmation: ConfirmationRow | null;
  /** Small facts for people, plain JSON. */
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly post_mortem: string | null;
  readonly timeline: readonly TimelineRow[];
  /** Incidents that are parts of this one, the latest opening first; at most 500. */
  readonly child_incidents: readonly IncidentRow[];
  readonly member_portals: readonly MemberRow[];
  /** The runs around the opening, oldest first. */
  readonly runs: readonly ResultRow[];
}

/** One incident by its number; null if there is none. `now` in milliseconds since the epoch. */
export async function findIncident(
  db: Database,
  id: number,
  now: number,
): Promise<IncidentDetail | null> {
  const row = await incidentsQuery(db, now).where("i.id", "=", id).executeTakeFirst();
  if (row === undefined) return null;
  const { portal_id: portal } = row;
  const [confirmation, timeline, children, members, runs] = await Promise.all([
    confirmationOf(db, row),
    incidentTimeline(db, id),
    childrenOf(db, id, now),
    incidentMembers(db, id),
    portal === null ? [] : evidenceRuns(db, { ...row, portal }),
  ]);
  return {
    ...toIncidentRow(row),
    confirmation,
    evidence: row.evidence as Record<string, unknown>,
    post_mortem: row.post_mortem,
    timeline,
    child_incidents: children,
    member_portals: members,
    runs,
  };
}

async function childrenOf(db: Database, parent: number, now: number): Promise<IncidentRow[]> {
  const rows = await incidentsQuery(db, now)
    .where("i.parent_id", "=", parent)
    .orderBy("i.opened_at", "desc")
    .orderBy("i.id", "desc")
    .limit(500)
    .execute();
  return rows.map(toIncidentRow);
}

/** As apply-changes.ts writes it: domain/incident/change.ts's Confirmation. */
interface StoredConfirmation {
  readonly vantages?: readonly number[];
  readonly observations?: number;
  readonly confirmations?: number;
  readonly singleVantage?: boolean;
}

async function confirmationOf(
  db: Database,
  { confirmation }: IncidentRecord,
): Promise<ConfirmationRow | null> {
  const { vantages, observations, confirmations, singleVantage } =
    confirmation as StoredConfirmation;
  if (vantages === undefined) return null;
  const names =
    vantages.length === 0
      ? []
      : await db
          .selectFrom("vantage")
          .select("name")
          .where("id", "in", [...vantages])
          .orderBy("id")
          .execute();
  return {
    vantages: names.map(({ name }) => name),
    observations: observations ?? 0,
    confirmations: confirmations ?? 0,
    single_vantage: singleVantage ?? false,
  };
}
