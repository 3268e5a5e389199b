import { sql } from "kysely";
import type { Family } from "../domain/family.ts";
import type { Failure, SkipReason } from "../domain/failure.ts";
import type { Evidence, Outcome, PhasesMs } from "../domain/observation.ts";
import type { Database } from "../store/database.ts";
import { type Page, type PageRequest, toPage } from "./page.ts";
import { failureOf } from "./portal-summary.ts";

/** One run of a portal. Instants are ISO 8601 UTC, durations milliseconds. */
export interface ResultRow {
  readonly scheduled_at: string;
  readonly family: Family;
  readonly vantage: string;
  readonly attempt: number;
  readonly start_delay_ms: number;
  readonly outcome: Outcome;
  readonly failure: Failure | null;
  readonly skip_reason: SkipReason | null;
  readonly http_status: number | null;
  readonly phases_ms: PhasesMs;
  readonly total_ms: number;
  readonly redirects: number;
  readonly body_bytes: number;
  readonly loop_lag_ms: number;
  readonly certificate: {
    readonly fingerprint: string;
    readonly subject: string;
    readonly issuer: string;
    readonly earliest_not_after: string;
  } | null;
  readonly address: string | null;
  readonly evidence: Evidence | null;
}

/** Which runs of one portal; `from` is inclusive, `to` exclusive. */
export interface ResultFilter {
  readonly family?: Family | undefined;
  readonly outcome?: Outcome | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** The last run shown: instant (ISO 8601), family, vantage point's number, attempt. */
export type ResultPosition = readonly [string, Family, number, number];

/** The runs of a portal, latest first. */
export async function listResults(
  db: Database,
  portal: number,
  filter: ResultFilter,
  page: PageRequest<ResultPosition>,
): Promise<Page<ResultRow, ResultPosition>> {
  let query = resultsQuery(db, portal).limit(page.limit + 1);
  if (filter.family) query = query.where("r.family", "=", filter.family);
  if (filter.outcome) query = query.where("r.outcome", "=", filter.outcome);
  if (filter.from) query = query.where("r.scheduled_at", ">=", filter.from);
  if (filter.to) query = query.where("r.scheduled_at", "<", filter.to);
  if (page.after) {
    const [at, family, vantage, attempt] = page.after;
    query = query
      // The bound alone lets the planner leave partitions out; the row comparison decides.
      .where("r.scheduled_at", "<=", new Date(at))
      .where(
        sql<boolean>`(r.scheduled_at, r.family, r.vantage_id, r.attempt)
          < (${new Date(at)}::timestamptz, ${family}, ${vantage}, ${attempt})`,
      );
  }
  const rows = await query.execute();
  const { rows: shown, next } = toPage(rows, page.limit, (row): ResultPosition => [
    row.scheduled_at.toISOString(),
    row.family,
    row.vantage_id,
    row.attempt,
  ]);
  return { rows: shown.map(toResultRow), next };
}

function resultsQuery(db: Database, portal: number) {
  return db
    .selectFrom("probe_result as r")
    .innerJoin("vantage as v", "v.id", "r.vantage_id")
    .leftJoin("portal_address as d", "d.id", "r.address_id")
    .leftJoin("certificate as c", "c.id", "r.certificate_id")
    .leftJoin("failure_evidence as e", "e.id", "r.evidence_id")
    .selectAll("r")
    .select([
      "v.name as vantage",
      "d.address",
      "c.fingerprint",
      "c.subject",
      "c.issuer",
      "c.earliest_not_after",
      "e.evidence",
    ])
    .where("r.portal_id", "=", portal)
    .orderBy("r.scheduled_at", "desc")
    .orderBy("r.family", "desc")
    .orderBy("r.vantage_id", "desc")
    .orderBy("r.attempt", "desc");
}

type Row = Awaited<ReturnType<ReturnType<typeof resultsQuery>["executeTakeFirstOrThrow"]>>;

function toResultRow(row: Row): ResultRow {
  return {
    scheduled_at: row.scheduled_at.toISOString(),
    family: row.family,
    vantage: row.vantage,
    attempt: row.attempt,
    start_delay_ms: row.start_delay_ms,
    outcome: row.outcome,
    ...failureOf(row),
    http_status: row.status,
    phases_ms: {
      resolve: row.resolve_ms,
      connect: row.connect_ms,
      tls: row.tls_ms,
      processing: row.processing_ms,
      transfer: row.transfer_ms,
    },
    total_ms: row.total_ms,
    redirects: row.hop_count,
    body_bytes: row.body_bytes,
    loop_lag_ms: row.loop_lag_ms,
    certificate:
      row.fingerprint === null
        ? null
        : {
            fingerprint: row.fingerprint,
            subject: row.subject ?? "",
            issuer: row.issuer ?? "",
            earliest_not_after: row.earliest_not_after?.toISOString() ?? "",
          },
    address: row.address,
    evidence: row.evidence,
  };
}
