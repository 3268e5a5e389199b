import { sql } from "kysely";
import { DAY_MS, utcDay } from "../domain/calendar.ts";
import { isProbed } from "../domain/portal.ts";
import { breathe } from "./breathe.ts";
import type { Database } from "./database.ts";
import { droppedBefore, ensurePartitions } from "./partitions.ts";
import { portalChunks } from "./portal-chunks.ts";
import { rollUpDay, rollUpHour } from "./rollup-spans.ts";
import { HOUR_MS } from "./run-span.ts";
import { type Life, type PortalLife, slotsIn, type Span } from "./rollup-slots.ts";

export interface RollupSettings {
  /** Hours and days begin where this zone has them. */
  readonly reportTimezone: string;
  readonly probeIntervalMs: number;
  readonly retentionRawDays: number;
}

export interface RolledUp {
  readonly hours: number;
  readonly days: number;
}

/** How often the present hour is rolled up: often enough to look at, seldom enough to cost nothing. */
const OPEN_HOUR_MS = 5 * 60_000;

/** An hour of the report's zone that is to be rolled up, and its day there. */
interface ZoneHour extends Span {
  readonly day: string;
  readonly dayFrom: number;
  readonly dayTo: number;
}

/** A UTC hour that was marked when rows were added; `version` changes whenever it is marked again. */
interface Mark {
  readonly hour: number;
  readonly version: string;
}

/**
 * Brings hours and days up to date with the runs that were stored since the last time, wholly from their rows, so
 * that it can be repeated, and go on while runs are written. An hour without any run between two with runs is rolled
 * up as well: its slots count. A day holds its hours that have ended. Hours whose rows retention has dropped stay.
 */
export async function rollUp(
  db: Database,
  settings: RollupSettings,
  now: number,
): Promise<RolledUp> {
  await markGaps(db, settings, now);
  const marks = await readMarks(db, now);
  const hours = await zoneHours(db, marks, settings.reportTimezone);
  const kept = await keptHours(db, hours);
  await ensurePartitions(db, "probe_rollup_hour", new Set(kept.map((hour) => utcDay(hour.from))));
  const lives = await readLives(db);
  const chunks = portalChunks(lives.portals);
  for (const hour of kept) {
    for (const { range, portals } of chunks) {
      const slots = slotsIn(hour, { ...lives, portals }, settings.probeIntervalMs);
      await inTransaction(db, (trx) => rollUpHour(trx, hour, range, slots));
      await breathe();
    }
  }
  const days = endedDays(kept, now);
  for (const { day, dayFrom, dayTo } of days) {
    for (const { range } of chunks) {
      await inTransaction(db, (trx) => rollUpDay(trx, day, { from: dayFrom, to: dayTo }, range));
      await breathe();
    }
  }
  const open = kept.filter(({ to }) => to > now).map(({ from }) => from);
  await removeMarks(db, marks, { before: Math.min(now, ...open), now });
  return { hours: kept.length, days: days.length };
}

function inTransaction(db: Database, work: (trx: Database) => Promise<void>): Promise<void> {
  return db.transaction().execute(async (trx) => {
    // Compiling these statements takes longer than running them.
    await sql`set local jit = off`.execute(trx);
    await work(trx);
  });
}

/** Marks the hours without runs since the last one that was rolled up, as far as later ones have runs. */
async function markGaps(db: Database, settings: RollupSettings, now: number): Promise<void> {
  const oldest = new Date(now - settings.retentionRawDays * DAY_MS);
  await sql`
    insert into rollup_dirty (hour, touched_at)
    select date_trunc('hour', gap, 'UTC'), ${new Date(now)}
    from (select max(start_at) as last from probe_rollup_hour) done
    cross join (select min(hour) as first, max(hour) as last from rollup_dirty) next
    cross join generate_series(greatest(coalesce(done.last, next.first), ${oldest}) + interval '1 hour',
      next.last - interval '1 second', interval '1 hour') as gap
    on conflict do nothing`.execute(db);
}

/** All marks but that of the present hour if that was rolled up a short while ago. */
async function readMarks(db: Database, now: number): Promise<Mark[]> {
  // xmin is the transaction that wrote the row last.
  const { rows } = await sql<{ hour: Date; version: string }>`
    select hour, xmin::text as version from rollup_dirty
    where hour <= ${new Date(now - HOUR_MS)} or rolled_at is null
      or rolled_at <= ${new Date(now - OPEN_HOUR_MS)}
    order by hour`.execute(db);
  return rows.map(({ hour, version }) => ({ hour: hour.getTime(), version }));
}

/** The zone's hours that the marked UTC hours meet: two each where the zone is off by half an hour. */
async function zoneHours(db: Database, marks: readonly Mark[], zone: string): Promise<ZoneHour[]> {
  const { rows } = await sql<{ start: Date; day: string; day_from: Date; day_to: Date }>`
    select distinct start, day, day::timestamp at time zone ${zone} as day_from,
      (day + 1)::timestamp at time zone ${zone} as day_to
    from unnest(${marks.map(({ hour }) => new Date(hour).toISOString())}::timestamptz[]) as hour
    cross join lateral (values (date_trunc('hour', hour, ${zone})),
      (date_trunc('hour', hour + interval '59 minutes 59 seconds', ${zone}))) as hours(start)
    cross join lateral (select (start at time zone ${zone})::date as day) days
    order by start`.execute(db);
  return rows.map((row) => ({
    from: row.start.getTime(),
    to: row.start.getTime() + HOUR_MS,
    day: row.day,
    dayFrom: row.day_from.getTime(),
    dayTo: row.day_to.getTime(),
  }));
}

/** Without the hours of which retention has dropped rows: they would come out too small. */
async function keptHours(db: Database, hours: readonly ZoneHour[]): Promise<ZoneHour[]> {
  const raw = await droppedBefore(db, "probe_result");
  const rolledUp = await droppedBefore(db, "probe_rollup_hour");
  const firstKept = [raw, rolledUp].reduce((one, other) =>
    (one ?? "") > (other ?? "") ? one : other,
  );
  return hours.filter((hour) => firstKept === null || utcDay(hour.from) >= firstKept);
}

/** Each day of which an hour that has ended was rolled up. */
function endedDays(hours: readonly ZoneHour[], now: number): ZoneHour[] {
  const ended = hours.filter(({ to }) => to <= now);
  return [...new Map(ended.map((hour) => [hour.day, hour])).values()];
}

/** An hour that goes on after `before` keeps its mark, and so does one that was marked again in the meantime. */
async function removeMarks(
  db: Database,
  marks: readonly Mark[],
  { before, now }: { before: number; now: number },
): Promise<void> {
  const ended = marks.filter(({ hour }) => hour + HOUR_MS <= before);
  const open = marks.filter((mark) => !ended.includes(mark));
  await sql`
    update rollup_dirty set rolled_at = ${new Date(now)}
    where hour = any(${open.map(({ hour }) => new Date(hour).toISOString())}::timestamptz[])`.execute(
    db,
  );
  await sql`
    delete from rollup_dirty using unnest(
      ${ended.map(({ hour }) => new Date(hour).toISOString())}::timestamptz[],
      ${ended.map(({ version }) => version)}::text[]
    ) as rolled(hour, version)
    where rollup_dirty.hour = rolled.hour and rollup_dirty.xmin::text = rolled.version`.execute(db);
}

/** Since when and until when each portal was to be probed and each vantage point is known to have worked. */
async function readLives(db: Database): Promise<{ portals: PortalLife[]; vantages: Life[] }> {
  const portals = await db
    .selectFrom("portal")
    .select(["id", "slug", "created_at", "retired_at", "lifecycle"])
    .orderBy("id")
    .execute();
  const { rows: vantages } = await sql<{ id: number; created_at: Date; seen_at: Date | null }>`
    select id, created_at, greatest(checked_at, (
      select max(scheduled_at) from probe_latest where vantage_id = vantage.id)) as seen_at
    from vantage`.execute(db);
  return {
    portals: portals.map((portal) => ({
      id: portal.id,
      slug: portal.slug,
      from: portal.created_at.getTime(),
      to: isProbed(portal.lifecycle)
        ? Infinity
        : (portal.retired_at ?? portal.created_at).getTime(),
    })),
    // The slot of the last run is part of the life.
    vantages: vantages.map(({ id, created_at, seen_at }) => ({
      id,
      from: created_at.getTime(),
      to: (seen_at?.getTime() ?? 0) + 1,
    })),
  };
}
