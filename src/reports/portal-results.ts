import { sql } from "kysely";
import { DAY_MS } from "../domain/calendar.ts";
import type { Family } from "../domain/family.ts";
import type { Failure, SkipReason } from "../domain/failure.ts";
import type { Evidence, Outcome, PhasesMs } from "../domain/observation.ts";
import type { Database } from "../store/database.ts";
import { scheduledWithin } from "../store/run-span.ts";
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

/** How far back is looked at first, and if that is not enough. */
const LOOK_BACK_MS = [DAY_MS, 7 * DAY_MS, Infinity];

/** Later than any run. */
const LATEST = Date.parse("9999-12-31T00:00:00Z");

/** The runs of a portal, latest first. */
export async function listResults(
  db: Database,
  portal: number,
  filter: ResultFilter,
  page: PageRequest<ResultPosition>,
): Promise<Page<ResultRow, ResultPosition>> {
  const rows: Row[] = [];
  // Sorting the runs of all days to show the last hundred would unpack all of them.
  for (const span of await spansBack(db, portal, filter, page.after)) {
    if (rows.length > page.limit) break;
    const more = await runsWithin(db, portal, filter, page.after, span)
      .limit(page.limit + 1 - rows.length)
      .execute();
    rows.push(...more);
  }
  const { rows: shown, next } = toPage(rows, page.limit, (row): ResultPosition => [
    row.scheduled_at.toISOString(),
    row.family,
    row.vantage_id,
    row.attempt,
  ]);
  return { rows: shown.map(toResultRow), next };
}

/** Half-open spans, latest first, that together are what is asked for. */
async function spansBack(
  db: Database,
  portal: number,
  { from, to }: ResultFilter,
  after: ResultPosition | null,
): Promise<{ from: Date; to: Date }[]> {
  const { last } = await db
    .selectFrom("probe_latest")
    .select(({ fn }) => fn.max("scheduled_at").as("last"))
    .where("portal_id", "=", portal)
    .executeTakeFirstOrThrow();
  const begin = from?.getTime() ?? 0;
  const seen = after === null ? LATEST : Date.parse(after[0]) + 1;
  const end = Math.min(to?.getTime() ?? LATEST, seen);
  const newest = Math.min(end, last?.getTime() ?? end);
  const edges = [end, ...LOOK_BACK_MS.map((back) => Math.max(newest - back, begin))];
  return edges
    .slice(1)
    .map((edge, index) => ({ from: new Date(edge), to: new Date(edges[index] ?? edge) }))
    .filter((span) => span.from < span.to);
}

function runsWithin(
  db: Database,
  portal: number,
  { family, outcome }: ResultFilter,
  after: ResultPosition | null,
  span: { from: Date; to: Date },
) {
  let query = resultsQuery(db, portal).where(scheduledWithin(span.from, span.to));
  if (family) query = query.where("r.family", "=", family);
  if (outcome) query = query.where("r.outcome", "=", outcome);
  if (after === null) return query;
  return query.where(
    sql<boolean>`(r.scheduled_at, r.family, r.vantage_id, r.attempt)
      < (${new Date(after[0])}::timestamptz, ${after[1]}, ${after[2]}, ${after[3]})`,
  );
}

function resultsQuery(db: Database, portal: number) {
  return db
    .selectFrom("probe_run as r")
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
