import { sql } from "kysely";
import { type Day, startOfDay, utcDay } from "../domain/calendar.ts";
import { breathe } from "./breathe.ts";
import type { Database } from "./database.ts";
import { type HourToPack, packHour } from "./pack-hour.ts";
import { lockToPack } from "./pack-lock.ts";
import { partitionOf } from "./partition-plan.ts";
import { droppedBefore, ensurePartitions, listPartitions } from "./partitions.ts";
import { portalChunks } from "./portal-chunks.ts";
import { HOUR_MS } from "./run-span.ts";

export interface PackSettings {
  readonly probeIntervalMs: number;
}

/** What was packed, and the partitions that hold no rows any more. */
export interface Packed {
  readonly hours: number;
  readonly runs: number;
  readonly emptied: readonly string[];
}

/** Whoever decides about incidents asks for rows of the last intervals, by policy 60 at most. */
const ROW_INTERVALS = 64;
const ROW_MS = 2 * HOUR_MS;

/** Memory of the server to sort a chunk in: without it the disk is used. */
const SORT_MEMORY = "64MB";

/** Whoever reads for long must not make others wait behind an emptying. */
const LOCK_TIMEOUT = "2s";

/** SQLSTATE lock_not_available. */
const LOCKED = "55P03";

/**
 * Packs the hours that have ended long enough ago and are rolled up, portals in a few transactions each: a run is a row or
 * packed at any instant. Can be repeated; runs that came late are packed beside those of their hour.
 */
export async function packHours(
  db: Database,
  { probeIntervalMs: intervalMs }: PackSettings,
  now: number,
): Promise<Packed> {
  const before = now - Math.max(ROW_MS, ROW_INTERVALS * intervalMs);
  const hours = await hoursToPack(db, before);
  await ensurePartitions(db, "probe_hour", new Set(hours.map((hour) => utcDay(hour))));
  const chunks = portalChunks(await readPortals(db));
  const packed = { hours: hours.length, runs: 0, emptied: [] as string[] };
  for (const [day, hoursOfDay] of Map.groupBy(hours, (hour) => utcDay(hour))) {
    for (const hour of hoursOfDay) {
      for (const { range: portals } of chunks) {
        packed.runs += await packChunk(db, { hour, portals, intervalMs });
        await breathe();
      }
    }
    packed.emptied.push(...(await emptyPackedDays(db, before)));
    await vacuumDay(db, day);
  }
  return packed;
}

/** UTC hours that ended before an instant and have rows, but those that are yet to be rolled up or whose days were dropped. */
async function hoursToPack(db: Database, before: number): Promise<number[]> {
  const [first] = await listPartitions(db, "probe_result");
  if (first === undefined) return [];
  const mark = (await droppedBefore(db, "probe_hour")) ?? first.from;
  const from = startOfDay(mark > first.from ? mark : first.from);
  const { rows } = await sql<{ hour: Date }>`
    select hour from generate_series(${new Date(from)}::timestamptz, ${new Date(before - HOUR_MS)}::timestamptz,
      interval '1 hour') as hours(hour)
    where exists (select from probe_result where scheduled_at >= hour and scheduled_at < hour + interval '1 hour')
      and not exists (select from rollup_dirty where rollup_dirty.hour = hours.hour)
    order by hour`.execute(db);
  return rows.map(({ hour }) => hour.getTime());
}

function readPortals(db: Database): Promise<{ id: number }[]> {
  return db.selectFrom("portal").select("id").orderBy("id").execute();
}

/** Packs under the lock, unless a run came late and the hour is to be rolled up again first: then it is left to the next time. */
function packChunk(db: Database, what: HourToPack): Promise<number> {
  return db.transaction().execute(async (trx) => {
    // Compiling these statements takes longer than running them.
    await sql`set local jit = off`.execute(trx);
    await sql`set local work_mem = ${sql.lit(SORT_MEMORY)}`.execute(trx);
    await lockToPack(trx);
    const mark = await trx
      .selectFrom("rollup_dirty")
      .select("hour")
      .where("hour", "=", new Date(what.hour))
      .executeTakeFirst();
    return mark === undefined ? packHour(trx, what) : 0;
  });
}

/** Empties the rows' partitions of days that ended before an instant and are wholly packed; returns their names. */
async function emptyPackedDays(db: Database, before: number): Promise<string[]> {
  const emptied: string[] = [];
  for (const { name, to } of await listPartitions(db, "probe_result")) {
    if (startOfDay(to) <= before && (await emptyIfPacked(db, name))) emptied.push(name);
  }
  return emptied;
}

/** Under the lock nobody adds runs to a day that is over. Whoever reads it for long (a backup) has it left to the next time. */
function emptyIfPacked(db: Database, partition: string): Promise<boolean> {
  const emptied = db.transaction().execute(async (trx) => {
    await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT)}`.execute(trx);
    await lockToPack(trx);
    const { rows } = await sql<{ hollow: boolean }>`
      select pg_relation_size(${partition}::regclass) > 0
        and not exists (select from ${sql.table(partition)}) as hollow`.execute(trx);
    if (rows[0]?.hollow !== true) return false;
    await sql`truncate ${sql.table(partition)}`.execute(trx);
    return true;
  });
  return emptied.catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === LOCKED) return false;
    throw error;
  });
}

/**
 * Makes the room of rows that were packed usable for new ones, and tells the planner what is there: a server does so by
 * itself a while later, the embedded database never.
 */
async function vacuumDay(db: Database, day: Day): Promise<void> {
  for (const table of ["probe_result", "probe_hour"] as const) {
    await sql`vacuum (analyze, skip_locked) ${sql.table(partitionOf(table, day).name)}`.execute(db);
  }
}
