import { sql } from "kysely";
import type { Database } from "./database.ts";
import { expand, type Recurrence } from "./maintenance-rule.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** How far ahead occurrences are written out, and from when on more are added; milliseconds. */
const HORIZON_MS = 60 * DAY_MS;
const RENEW_MS = 30 * DAY_MS;
/** Stands for "there are no more": PostgreSQL's instants have an end. */
const FOR_EVER = new Date("9999-12-31T00:00:00Z");

/** Writes out a window's occurrences that begin at `from` or later, as far ahead as they are kept. */
export async function keepOccurrences(
  trx: Database,
  window: number,
  recurrence: Recurrence,
  from: number,
  now: number,
): Promise<void> {
  const { occurrences, until } = expand(recurrence, from, now + HORIZON_MS);
  // What ended before the words of a window were changed stays, and with it the time that it took.
  await sql`
    insert into maintenance_occurrence (window_id, starts_at, ends_at)
    select ${window}, starts_at, ends_at from unnest(
      ${occurrences.map(({ startsAt }) => iso(startsAt))}::timestamptz[],
      ${occurrences.map(({ endsAt }) => iso(endsAt))}::timestamptz[]) as given(starts_at, ends_at)
    where not exists (select from maintenance_occurrence known where known.window_id = ${window}
      and known.starts_at < given.ends_at and given.starts_at < known.ends_at)
    on conflict do nothing`.execute(trx);
  await trx
    .updateTable("maintenance_window")
    .set({ expanded_until: until === Infinity ? FOR_EVER : new Date(until) })
    .where("id", "=", window)
    .execute();
}

/** Writes out what is to come of repeated windows where it runs short; returns how many windows that were. */
export async function expandOccurrences(trx: Database, now: number): Promise<number> {
  const rows = await trx
    .selectFrom("maintenance_window")
    .select(["id", "starts_at", "duration_minutes", "rrule", "timezone", "expanded_until"])
    .where("cancelled_at", "is", null)
    .where((where) =>
      where.or([
        where("expanded_until", "is", null),
        where("expanded_until", "<", new Date(now + RENEW_MS)),
      ]),
    )
    .forUpdate()
    .execute();
  for (const row of rows) {
    const recurrence = {
      startsAt: row.starts_at.getTime(),
      durationMs: row.duration_minutes * MINUTE_MS,
      rrule: row.rrule,
      timezone: row.timezone,
    };
    const from = row.expanded_until?.getTime() ?? recurrence.startsAt;
    await keepOccurrences(trx, row.id, recurrence, from, now);
  }
  return rows.length;
}

/** Has the hours of a span that is over or goes on counted anew; a span to come marks nothing. */
export async function markHours(trx: Database, from: number, to: number, now: Date): Promise<void> {
  if (from > to) return;
  await sql`
    insert into rollup_dirty (hour, touched_at)
    select hour, ${now} from generate_series(date_trunc('hour', ${iso(from)}::timestamptz, 'UTC'),
      ${iso(to)}::timestamptz, interval '1 hour') as hour
    on conflict (hour) do update set touched_at = excluded.touched_at, rolled_at = null`.execute(
    trx,
  );
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
