import { sql } from "kysely";
import { EVENT_REASON, type VantageEvent, type WindowTally } from "../domain/vantage-event.ts";
import type { Database } from "./database.ts";

/** An event with the number of its row. */
export interface StoredEvent extends VantageEvent {
  readonly id: number;
}

/** The events of a vantage point that lasted at an instant or began later. */
export async function readEvents(
  db: Database,
  vantage: number,
  from: Date,
): Promise<StoredEvent[]> {
  const rows = await db
    .selectFrom("vantage_event")
    .selectAll()
    .where("vantage_id", "=", vantage)
    .where((is) => is.or([is("ended_at", "is", null), is("ended_at", ">", from)]))
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    check: row.check_id,
    family: row.family,
    reason: row.reason,
    from: row.began_at.getTime(),
    to: row.ended_at?.getTime() ?? null,
  }));
}

/** What an event is about. */
export type EventKind = Pick<VantageEvent, "check" | "family" | "reason">;

/** Opens an event. */
export async function openEvent(
  trx: Database,
  vantage: number,
  event: EventKind & { readonly from: Date; readonly tally: WindowTally },
): Promise<void> {
  await trx
    .insertInto("vantage_event")
    .values({
      vantage_id: vantage,
      family: event.family,
      check_id: event.check,
      reason: event.reason,
      began_at: event.from,
      good_before: event.tally.good,
      failed: event.tally.failed,
    })
    .execute();
}

/** Ends an event: the audit that began at this instant is the first one after it. */
export async function closeEvent(trx: Database, id: number, at: Date): Promise<void> {
  await trx.updateTable("vantage_event").set({ ended_at: at }).where("id", "=", id).execute();
}

/** A portal that failed in a window, and since when. */
export interface FailedPortal {
  readonly portal: number;
  readonly since: Date;
}

/** What the audits of one window say about one kind of failure. */
export interface WindowCount extends WindowTally {
  /** Formerly good ones that fail; excused ones not among them. */
  readonly portals: readonly FailedPortal[];
}

/** Counts the portals that a vantage point audited in a window (excluding its beginning, including its end). */
export async function countWindow(
  trx: Database,
  vantage: number,
  kind: EventKind,
  { after, until }: { after: Date; until: Date },
): Promise<WindowCount> {
  const { rows } = await sql<{ portal: number; since: Date; now: "failed" | "excused" | null }>`
    with audited as (
      select distinct portal_id from audit
      where started_at > ${after} and started_at <= ${until} and vantage_id = ${vantage}
    ), present as (
      select finding.*, case
          when verdict = 'fail' and reason = ${kind.reason} then 'failed'
          when reason = ${EVENT_REASON} and evidence ->> 'seen_reason' = ${kind.reason} then 'excused'
        end as now
      from audited join finding on finding.portal_id = audited.portal_id and vantage_id = ${vantage}
        and check_id = ${kind.check} and family = ${kind.family} and ended_at is null
    )
    select present.portal_id as portal, present.first_seen as since, present.now
    from present left join finding previous on present.first_seen > ${after}
      and previous.portal_id = present.portal_id and previous.vantage_id = present.vantage_id
      and previous.check_id = present.check_id and previous.family = present.family
      and previous.ended_at = present.first_seen
    where case when present.first_seen > ${after} then previous.verdict else present.verdict end = 'pass'
      or case when present.first_seen > ${after} then previous.reason else present.reason end = ${EVENT_REASON}`.execute(
    trx,
  );
  return {
    good: rows.length,
    failed: rows.filter(({ now }) => now !== null).length,
    portals: rows.flatMap(({ portal, since, now }) =>
      now === "failed" ? [{ portal, since }] : [],
    ),
  };
}
