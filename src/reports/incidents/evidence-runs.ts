import { sql } from "kysely";
import type { Family } from "../../domain/family.ts";
import type { Database } from "../../store/database.ts";
import { listResults, type ResultRow } from "../portal-results.ts";

/** How many runs are shown, and how long before the opening they begin. */
const RUNS_SHOWN = 80;
const BEFORE_MS = 3 * 60_000;
const AFTER_MS = 30 * 60_000;

/** What of an incident says which runs led to it. */
export interface EvidenceOf {
  readonly portal: number;
  readonly family: Family | null;
  readonly opened_at: Date;
  readonly confirmed_at: Date;
}

/**
 * The runs that opened an incident and those around them, oldest first: phases, address, certificate, and what was
 * kept of each failure. Empty when retention has dropped them.
 */
export async function evidenceRuns(db: Database, incident: EvidenceOf): Promise<ResultRow[]> {
  const from = new Date(incident.opened_at.getTime() - BEFORE_MS);
  const until = Math.min(
    incident.confirmed_at.getTime() + 60_000,
    incident.opened_at.getTime() + AFTER_MS,
  );
  const filter = { family: incident.family ?? undefined, from, to: new Date(until) };
  const page = { limit: RUNS_SHOWN, after: null };
  const { rows } = await listResults(db, incident.portal, filter, page);
  return rows.toReversed();
}

/** A portal that an incident of several is about. */
export interface MemberRow {
  readonly id: string;
  readonly name_vi: string;
  readonly name_en: string | null;
  readonly url: string;
  readonly agency: string;
  readonly province: string | null;
  readonly family: Family | null;
  readonly from_at: string;
  readonly to_at: string | null;
}

/** The portals of an incident of several, by id; at most 500. */
export async function incidentMembers(db: Database, incident: number): Promise<MemberRow[]> {
  const rows = await db
    .selectFrom("incident_member as m")
    .innerJoin("portal as p", "p.id", "m.portal_id")
    .innerJoin("agency as a", "a.id", "p.agency_id")
    .leftJoin("admin_unit as u", "u.id", "p.province_id")
    .select([
      "p.slug as id",
      "p.name_vi",
      "p.name_en",
      "p.url",
      "a.slug as agency",
      "u.code as province",
      "m.family",
      "m.from_at",
      "m.to_at",
    ])
    .where("m.incident_id", "=", incident)
    .orderBy(sql`p.slug collate "C"`)
    .limit(500)
    .execute();
  return rows.map((row) => ({
    ...row,
    from_at: row.from_at.toISOString(),
    to_at: row.to_at?.toISOString() ?? null,
  }));
}
