import { sql } from "kysely";
import { DAY_MS } from "../../domain/calendar.ts";
import type { Family } from "../../domain/family.ts";
import { byTime } from "../../domain/incident/replay.ts";
import type { Sighting } from "../../domain/incident/sighting.ts";
import type { Outcome } from "../../domain/observation.ts";
import { breathe } from "../breathe.ts";
import type { Database } from "../database.ts";
import { scheduledWithin } from "../run-span.ts";
import { failureOf, startOf } from "./sightings.ts";

/** Half-open span of time, milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The stored runs of these portals that were scheduled in a span, confirmations included, in the order in which they
 * began, as the reducer saw them when they came. At most a day of runs is in memory.
 */
export async function* storedRuns(
  db: Database,
  portals: readonly number[],
  { from, to }: Span,
): AsyncGenerator<Sighting> {
  // Confirmations begin after runs that are scheduled later, so the last ones of a day wait for the next.
  let waiting: Sighting[] = [];
  for (let at = from; at < to; at += DAY_MS) {
    const end = Math.min(at + DAY_MS, to);
    const runs = [...waiting, ...(await runsOf(db, portals, { from: at, to: end }))].toSorted(
      byTime,
    );
    const later = runs.findIndex((run) => run.at >= end);
    const now = later < 0 ? runs.length : later;
    yield* runs.slice(0, now);
    waiting = runs.slice(now);
    await breathe();
  }
  yield* waiting;
}

interface StoredRun {
  readonly portal: number;
  readonly family: Family;
  readonly vantage: number;
  readonly scheduled_at: Date;
  readonly start_delay_ms: number;
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly failure: string | null;
  readonly status: number | null;
  readonly address: string | null;
  readonly fingerprint: string | null;
  readonly not_before: Date;
  readonly not_after: Date;
}

async function runsOf(
  db: Database,
  portals: readonly number[],
  { from, to }: Span,
): Promise<Sighting[]> {
  const { rows } = await sql<StoredRun>`
    select run.portal_id as portal, run.family, run.vantage_id as vantage, run.scheduled_at, run.start_delay_ms,
      run.attempt, run.outcome, run.failure, run.status, portal_address.address, certificate.fingerprint,
      certificate.not_before, certificate.not_after
    from probe_run run
    left join portal_address on portal_address.id = run.address_id
    left join certificate on certificate.id = run.certificate_id
    where run.portal_id = any(${portals}::int[])
      and ${scheduledWithin(new Date(from), new Date(to))}`.execute(db);
  return rows.map((row) => ({
    portal: row.portal,
    family: row.family,
    vantage: row.vantage,
    at: startOf(row.scheduled_at.getTime(), row.start_delay_ms),
    attempt: row.attempt,
    outcome: row.outcome,
    failure: failureOf(row.failure),
    status: row.status,
    certificate: row.fingerprint === null ? null : certificateOf(row, row.fingerprint),
    address: row.address,
  }));
}

function certificateOf({ not_before, not_after }: StoredRun, fingerprint: string) {
  return { fingerprint, notBefore: not_before.getTime(), notAfter: not_after.getTime() };
}
