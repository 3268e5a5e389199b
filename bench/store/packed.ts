import { sql } from "kysely";
import type { Database } from "../../src/store/database.ts";
import { packHours } from "../../src/store/pack-hours.ts";
import { HOUR_MS } from "../../src/store/run-span.ts";
import { interleave } from "../kit/interleave.ts";
import { serverCpuMs } from "./server-cost.ts";

/** What runs take at rest, what it takes to pack them, and how long a portal's hour takes to be read. */
export interface AtRest {
  /** Octets a run, indexes included. */
  readonly plain: number;
  readonly packed: number;
  /** By packed hour: CPU of the server a run, microseconds, cleaning up included. */
  readonly packCpuUs: readonly number[];
  /** Milliseconds. */
  readonly plainReadMs: readonly number[];
  readonly packedReadMs: readonly number[];
}

/** Portals whose last minute is made into hours. */
const PORTALS = 2000;
const HOURS = 5;
const READS = 50;
const INTERVAL_MS = 60_000;

const VARIED = ["resolve", "connect", "tls", "processing", "transfer", "total"].map(
  (name) => `${name}_ms * (0.5 + random())::real`,
);

/** Durations vary by half as chance has it, the length of a page by some octets. */
const HOUR = `select portal_id, family, vantage_id, date_trunc('hour', scheduled_at)
      + extract(second from scheduled_at) * interval '1 s' + minute * interval '1 min' as scheduled_at, 0, (random() * 4)::int,
    outcome, failure, failure_source, status, ${VARIED.join(", ")}, hop_count,
    case when outcome = 'ok' then body_bytes + (random() * 40)::int else 0 end, random(), address_id, certificate_id,
    evidence_id
  from (select distinct on (portal_id, family, vantage_id) * from probe_result
    where portal_id <= ${PORTALS} and attempt = 0 order by portal_id, family, vantage_id, scheduled_at desc) as last
  cross join generate_series(0, 59) as minute
  order by minute, random()`;

/**
 * Packs hours that are made up from stored runs, as the job does, beside the same runs as rows. `now` is the instant of the
 * stored runs, at least eight hours into its UTC day; `server` is the number of the server's first process.
 */
export async function measurePacked(db: Database, now: number, server: number): Promise<AtRest> {
  await sql`create table plain (like probe_result including all)`.execute(db);
  await sql.raw(`insert into plain ${HOUR}`).execute(db);
  await sql`vacuum analyze plain`.execute(db);
  const packCpuUs: number[] = [];
  const first = Math.floor(now / HOUR_MS) * HOUR_MS - 3 * HOUR_MS;
  for (let hour = 0; hour < HOURS; hour += 1) {
    await copyHour(db, new Date(first - hour * HOUR_MS));
    const before = await serverCpuMs(server);
    const { runs } = await packHours(db, { probeIntervalMs: INTERVAL_MS }, now);
    if (runs === 0) throw new Error("Nothing was packed");
    packCpuUs.push(((await serverCpuMs(server)) - before) * (1000 / runs));
  }
  await compare(db, new Date(first));
  const [plain, packed] = [await octetsOf(db, "plain"), await octetsOf(db, "probe_hour")];
  const reads = await interleave(
    [
      { name: "plain", round: () => readMs(db, "plain", null) },
      { name: "packed", round: () => readMs(db, "probe_run", new Date(first)) },
    ],
    HOURS,
    () => undefined,
  );
  const [plainReadMs, packedReadMs] = [reads.get("plain") ?? [], reads.get("packed") ?? []];
  return { plain, packed, packCpuUs, plainReadMs, packedReadMs };
}

/** Puts the runs of `plain` into another hour. */
async function copyHour(db: Database, hour: Date): Promise<void> {
  await sql`create temp table copied as select * from plain`.execute(db);
  await sql`update copied set scheduled_at = ${hour}::timestamptz
    + (scheduled_at - (select date_trunc('hour', min(scheduled_at)) from plain))`.execute(db);
  await sql`insert into probe_result select * from copied order by scheduled_at`.execute(db);
  await sql`drop table copied`.execute(db);
}

/** Octets a run with the indexes of a table and its partitions. */
async function octetsOf(db: Database, table: "plain" | "probe_hour"): Promise<number> {
  const count = sql.raw(table === "plain" ? "count(*)" : "sum(array_length(measured, 1))");
  const { rows } = await sql<{ octets: number }>`
    select (select sum(pg_total_relation_size(oid)) from pg_class
        where relkind = 'r' and (oid = ${table}::regclass or relname like ${`${table}\\_2%`}))
      / (select ${count}::float8 from ${sql.table(table)}) as octets`.execute(db);
  return rows[0]?.octets ?? NaN;
}

/** Throws unless the view shows every run of the hour as it was, durations to a 3,000th. */
async function compare(db: Database, hour: Date): Promise<void> {
  const near = ["resolve", "connect", "tls", "processing", "transfer", "total", "loop_lag"].map(
    (name) => `abs(p.${name}_ms - u.${name}_ms) <= (p.${name}_ms + 0.001) / 2990`,
  );
  const { rows } = await sql<{ lost: number }>`
    with u as materialized (select * from probe_run where kept_at = ${hour})
    select count(*) as lost from plain p left join u
      on (p.portal_id, p.family, p.vantage_id, extract(epoch from p.scheduled_at)::numeric % 3600)
        = (u.portal_id, u.family, u.vantage_id, extract(epoch from u.scheduled_at)::numeric % 3600)
    where (${sql.raw(near.join(" and "))} and p.body_bytes = u.body_bytes and p.outcome = u.outcome
      and p.start_delay_ms = u.start_delay_ms) is not true`.execute(db);
  if (rows[0]?.lost !== 0) throw new Error(`${rows[0]?.lost} runs are not as they were`);
}

/** Milliseconds that the hour of a portal takes: all of a table, or the packed one of the view. */
async function readMs(db: Database, table: "plain" | "probe_run", hour: Date | null) {
  const kept = hour === null ? sql`true` : sql`kept_at = ${hour}`;
  const began = performance.now();
  for (let portal = 1; portal <= READS; portal += 1) {
    await sql`select * from ${sql.table(table)} where portal_id = ${portal} and ${kept}
      order by scheduled_at`.execute(db);
  }
  return (performance.now() - began) / READS;
}
