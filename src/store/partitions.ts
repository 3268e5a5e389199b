import { sql } from "kysely";
import type { Day } from "../domain/calendar.ts";
import type { Database } from "./database.ts";
import {
  isExpired,
  PARTITIONED,
  PARTITIONED_TABLES,
  type Partition,
  type PartitionedTable,
  partitionNamed,
  partitionOf,
  partitionsAhead,
} from "./partition-plan.ts";

/** Any number that nothing else in this database locks; held while partitions are made or dropped. */
const PARTITION_LOCK = 4_171_963_001;

/** A report that reads for long must not make the writer wait behind a drop; the next run tries again. */
const LOCK_TIMEOUT = "5s";

/** How many days are kept. Evidence of failures stays as long as the runs and the hours that count them. */
export interface Retention {
  readonly rawDays: number;
  readonly hourDays: number;
}

/** The partitions that a table has, oldest first. */
export async function listPartitions(db: Database, table: PartitionedTable): Promise<Partition[]> {
  const { rows } = await sql<{ name: string }>`
    select child.relname as name
    from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = to_regclass(${table})
    order by child.relname`.execute(db);
  return rows.flatMap((row) => partitionNamed(row.name) ?? []);
}

/** The day before which a table's partitions were dropped, or null; nothing older is kept again. */
export async function droppedBefore(db: Database, table: PartitionedTable): Promise<Day | null> {
  const mark = await db
    .selectFrom("retention_mark")
    .select("dropped_before")
    .where("table_name", "=", table)
    .executeTakeFirst();
  return mark?.dropped_before ?? null;
}

/**
 * Makes sure that rows of these UTC days have a place; several processes may ask at once.
 * Days that retention has dropped get none. Returns the partitions that were made.
 */
export async function ensurePartitions(
  db: Database,
  table: PartitionedTable,
  days: Iterable<Day>,
): Promise<Partition[]> {
  const wanted = new Map<string, Partition>();
  for (const day of days) {
    const partition = partitionOf(table, day);
    wanted.set(partition.name, partition);
  }
  for (const partition of await listPartitions(db, table)) wanted.delete(partition.name);
  return wanted.size === 0 ? [] : make(db, table, [...wanted.values()]);
}

/** Makes the partitions that rows will need soon; returns their names. */
export async function makePartitionsAhead(db: Database, now: number): Promise<string[]> {
  const made: Partition[] = [];
  for (const table of PARTITIONED_TABLES) {
    const days = partitionsAhead(table, now).map((partition) => partition.from);
    made.push(...(await ensurePartitions(db, table, days)));
  }
  return made.map((partition) => partition.name);
}

/** Drops, whole, the partitions that hold only what is older than is kept; returns their names. */
export async function dropExpiredPartitions(
  db: Database,
  now: number,
  { rawDays, hourDays }: Retention,
): Promise<string[]> {
  const kept = {
    probe_result: rawDays,
    probe_hour: rawDays,
    probe_rollup_hour: hourDays,
    failure_evidence: Math.max(rawDays, hourDays),
  };
  const dropped: string[] = [];
  for (const table of PARTITIONED_TABLES) {
    const expired = (await listPartitions(db, table)).filter((partition) =>
      isExpired(partition, now, kept[table]),
    );
    for (const partition of expired) {
      await drop(db, partition);
      dropped.push(partition.name);
    }
  }
  return dropped;
}

/** Makes a partition that is not there yet. For those who rebuild the tables; others ask `ensurePartitions`. */
export async function createPartition(
  trx: Database,
  { table, name, from, to }: Partition,
): Promise<void> {
  const time = PARTITIONED[table].column === "timestamptz" ? " 00:00:00+00" : "";
  await sql`create table ${sql.id(name)} partition of ${sql.id(table)}
    for values from (${sql.lit(from + time)}) to (${sql.lit(to + time)})`.execute(trx);
}

function make(db: Database, table: PartitionedTable, partitions: readonly Partition[]) {
  return db.transaction().execute(async (trx) => {
    await lock(trx);
    const mark = await droppedBefore(trx, table);
    const present = new Set((await listPartitions(trx, table)).map(({ name }) => name));
    const missing = partitions.filter(
      ({ name, from }) => !present.has(name) && (mark === null || from >= mark),
    );
    for (const partition of missing) await createPartition(trx, partition);
    return missing;
  });
}

async function drop(db: Database, { table, name, to }: Partition): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT)}`.execute(trx);
    await lock(trx);
    await sql`drop table if exists ${sql.id(name)}`.execute(trx);
    await sql`insert into retention_mark (table_name, dropped_before) values (${table}, ${to}::date)
      on conflict (table_name) do update
      set dropped_before = greatest(retention_mark.dropped_before, excluded.dropped_before)`.execute(
      trx,
    );
  });
}

async function lock(trx: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${PARTITION_LOCK}::bigint)`.execute(trx);
}
