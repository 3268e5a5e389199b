import { sql } from "kysely";
import type { Family } from "../domain/family.ts";
import { type Cause, CHECK_IDS, type CheckId, type Verdict } from "../domain/finding.ts";
import type { Database } from "../store/database.ts";
import { type ComplianceView, momentOf, openAt, vantageSql } from "./compliance-view.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";

/** One span of a finding: what a check concluded over one family, and for how long. Instants are ISO 8601 UTC. */
export interface FindingRow {
  /** The span's number. */
  readonly id: number;
  readonly check: CheckId;
  /** Null: about the portal as a whole. */
  readonly family: Family | null;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly timings: Readonly<Record<string, number>> | null;
  readonly causes: readonly Cause[];
  readonly ruleset: string;
  /** When this verdict began; audits that could not tell do not interrupt it. */
  readonly since: string;
  readonly first_seen: string;
  readonly last_seen: string;
  /** When reason or evidence changed last. */
  readonly last_changed: string;
  /** Null for a present finding. */
  readonly ended_at: string | null;
  /** How many audits found it so, and the first and last of them. */
  readonly audits: number;
  readonly first_audit: number;
  readonly last_audit: number;
  /** For `unknown`: the last verdict that could be told, and since when. */
  readonly known: { readonly verdict: Verdict; readonly since: string } | null;
}

/** Which findings of one portal; `history` shows ended ones too. */
export interface FindingFilter {
  readonly check?: CheckId | undefined;
  readonly family?: Family | undefined;
  readonly verdict?: Verdict | undefined;
  readonly history?: boolean | undefined;
}

/** The place of the last finding's check in the list of checks, its family, and its number. */
export type FindingPosition = readonly [number, Family | "", number];

/** Findings of one portal by check and family, the latest span first, as they stood at the view's moment. */
export async function listFindings(
  db: Database,
  portal: number,
  view: ComplianceView,
  filter: FindingFilter,
  page: PageRequest<FindingPosition>,
): Promise<Page<FindingRow, FindingPosition>> {
  const moment = momentOf(view);
  const place = sql<number>`array_position(${sql.lit(`{${CHECK_IDS.join(",")}}`)}::text[], f.check_id)`;
  const key = sql`(${place}, f.family collate "C", -f.id)`;
  let query = db
    .selectFrom("finding as f")
    .selectAll("f")
    .select(place.as("place"))
    .where("f.portal_id", "=", portal)
    .where("f.vantage_id", "=", vantageSql(moment))
    .orderBy(place)
    .orderBy(sql`f.family collate "C"`)
    .orderBy("f.id", "desc")
    .limit(page.limit + 1);
  query = filter.history
    ? query.where("f.first_seen", "<", moment.at)
    : query.where(openAt(moment, "f.first_seen", "f.ended_at"));
  if (filter.check !== undefined) query = query.where("f.check_id", "=", filter.check);
  if (filter.family !== undefined) query = query.where("f.family", "=", filter.family);
  if (filter.verdict !== undefined) query = query.where("f.verdict", "=", filter.verdict);
  if (page.after) {
    const [after, family, id] = page.after;
    query = query.where(sql<boolean>`${key} > (${after}::integer, ${family}, ${-id}::bigint)`);
  }
  const rows = await query.execute();
  const { rows: shown, next } = toPage(rows, page.limit, (row): FindingPosition => [
    row.place,
    row.family,
    row.id,
  ]);
  return { rows: shown.map(toFindingRow), next };
}

function toFindingRow(row: {
  id: number;
  check_id: CheckId;
  family: Family | "";
  verdict: Verdict;
  reason: string;
  evidence: Readonly<Record<string, unknown>>;
  timings: Readonly<Record<string, number>> | null;
  causes: readonly Cause[];
  ruleset: string;
  since: Date;
  first_seen: Date;
  last_seen: Date;
  last_changed: Date;
  ended_at: Date | null;
  audits: number;
  first_audit_id: number;
  last_audit_id: number;
  known_verdict: Verdict | null;
  known_since: Date | null;
}): FindingRow {
  return {
    id: row.id,
    check: row.check_id,
    family: row.family === "" ? null : row.family,
    verdict: row.verdict,
    reason: row.reason,
    evidence: row.evidence,
    timings: row.timings,
    causes: row.causes,
    ruleset: row.ruleset,
    since: row.since.toISOString(),
    first_seen: row.first_seen.toISOString(),
    last_seen: row.last_seen.toISOString(),
    last_changed: row.last_changed.toISOString(),
    ended_at: row.ended_at?.toISOString() ?? null,
    audits: row.audits,
    first_audit: row.first_audit_id,
    last_audit: row.last_audit_id,
    known:
      row.known_verdict === null || row.known_since === null
        ? null
        : { verdict: row.known_verdict, since: row.known_since.toISOString() },
  };
}
