/**
 * Storing results on PostgreSQL as the service does, with tracks and incidents, beside psql's `\copy` of the same rows
 * into a table of the same shape; what a run takes at rest; and what a day takes to be dropped.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { DAY_MS } from "../src/domain/calendar.ts";
import { DEFAULT_POLICY } from "../src/domain/incident/policy.ts";
import { type Database, openPostgres } from "../src/store/database.ts";
import { createLedger } from "../src/store/incidents/ledger.ts";
import { migrate } from "../src/store/migrate.ts";
import { dropExpiredPartitions } from "../src/store/partitions.ts";
import { BatchStore } from "../src/store/result-batch.ts";
import { HOUR_MS } from "../src/store/run-span.ts";
import { registerPortals, START } from "../test/store/helpers/results.ts";
import { interleave } from "./kit/interleave.ts";
import { processCost } from "./kit/process-cost.ts";
import type { Row } from "./kit/row.ts";
import { conclude, tell } from "./kit/section.ts";
import { createPeer, psqlVersion } from "./store/copy.ts";
import { measurePacked } from "./store/packed.ts";
import { serverCpuMs, serverProcess } from "./store/server-cost.ts";
import { INTERVAL_MS, minuteOf, PORTALS } from "./store/world.ts";

const ROUNDS = 6;
/** Minutes before anything counts: until then addresses and certificates are new, and plans are made without statistics. */
const SETTLING = 3;
const ROWS = PORTALS * 2;

interface Cost {
  readonly ms: number;
  readonly cpuMs: number;
  readonly serverCpuMs: number;
}

const url = process.env["TEST_DATABASE_URL"];
if (url === undefined) throw new Error("TEST_DATABASE_URL is not set: .ci/with-postgres.sh");
const db = openPostgres(url);
const folder = await mkdtemp(join(tmpdir(), "hatangso-bench-"));
await migrate(db);
tell(`registering ${PORTALS} portals`);
await registerPortals(db, PORTALS);
const server = await serverProcess(db);
const ledger = createLedger({ policy: DEFAULT_POLICY, intervalMs: INTERVAL_MS, network: "bench" });
const store = new BatchStore(db, () => START + minute * INTERVAL_MS, ledger);
let minute = 0;
for (; minute < SETTLING; minute += 1) {
  tell(`settling: minute ${minute}`);
  for (const batch of minuteOf(START, minute)) await store.store(batch);
}
await sql`vacuum analyze`.execute(db);

const psql = await psqlVersion();
const peer = psql === null ? null : await createPeer(db, url, join(folder, "rows"));
const sides = [
  { name: "the service", round: storeMinute },
  ...(peer === null ? [] : [{ name: "psql", round: () => copyMinute(peer) }]),
];
const found = await interleave<Cost>(sides, ROUNDS, tell);
const ours = found.get("the service") ?? [];
const copied = found.get("psql") ?? [];
tell("packing made-up hours");
const packed = await measurePacked(db, START, server);
const day = await dropDay(db);

const report = { server: await serverVersion(db), portals: PORTALS, "results of a round": ROWS };
const rows: Row[] = [
  {
    what: "results stored per second",
    unit: "rows/s",
    values: ours.map(({ ms }) => (ROWS / ms) * 1000),
    goal: { atLeast: 50_000 },
    ...besides(copied.map(({ ms }) => (ROWS / ms) * 1000)),
  },
  {
    what: "CPU of this process per result",
    unit: "µs",
    values: ours.map(({ cpuMs }) => (cpuMs / ROWS) * 1000),
    ...besides(copied.map(({ cpuMs }) => (cpuMs / ROWS) * 1000)),
  },
  {
    what: "CPU of the server per result",
    unit: "µs",
    values: ours.map((cost) => (cost.serverCpuMs / ROWS) * 1000),
    ...besides(copied.map((cost) => (cost.serverCpuMs / ROWS) * 1000)),
  },
  { what: "at rest: rows as they are, indexes included", unit: "B", values: [packed.plain] },
  {
    what: "at rest: packed",
    unit: "B",
    values: [packed.packed],
    peer: { name: "as they are", values: [packed.plain] },
    goal: { atMost: 25 },
    note: "durations to a 3,000th, everything else as it was",
  },
  {
    what: "a month of 20,000 portals over two families once a minute",
    unit: "GB",
    values: [(packed.packed * 30 * ROWS * DAY_MS) / INTERVAL_MS / 1e9],
    goal: { atMost: 50 },
  },
  {
    what: "CPU of the server to pack a run",
    unit: "µs",
    values: packed.packCpuUs,
    note: `an hour of ${PORTALS} portals has ${(ROWS * HOUR_MS) / INTERVAL_MS}`,
  },
  {
    what: "reading a portal's packed hour",
    unit: "ms",
    values: packed.packedReadMs,
    peer: { name: "as it is", values: packed.plainReadMs },
  },
  {
    what: "dropping a day",
    unit: "ms",
    values: [day.ms],
    goal: { atMost: 1000 },
    note: `of ${day.runs} runs; a day of ${PORTALS} portals has ${(ROWS * DAY_MS) / INTERVAL_MS}`,
  },
];
await peer?.close();
await db.destroy();
await rm(folder, { recursive: true });
conclude({
  section: "store",
  facts: { ...report, ...(psql === null ? {} : { psql }) },
  rows,
  ...(psql === null ? { missing: ["psql is not installed: nothing to compare with"] } : {}),
});

function besides(values: readonly number[]) {
  return psql === null ? {} : { peer: { name: "\\copy", values } };
}

async function storeMinute(): Promise<Cost> {
  const batches = minuteOf(START, minute);
  minute += 1;
  return costOf(async () => {
    for (const batch of batches) await store.store(batch);
  });
}

async function copyMinute(into: NonNullable<typeof peer>): Promise<Cost> {
  const from = START + (minute - 1) * INTERVAL_MS;
  await into.take(from, from + INTERVAL_MS);
  return costOf(() => into.copy());
}

async function costOf(work: () => Promise<void>): Promise<Cost> {
  const [own, others, began] = [
    await processCost(process.pid),
    await serverCpuMs(server),
    performance.now(),
  ];
  await work();
  const ms = performance.now() - began;
  const [ownAfter, othersAfter] = [await processCost(process.pid), await serverCpuMs(server)];
  return { ms, cpuMs: ownAfter.cpuMs - own.cpuMs, serverCpuMs: othersAfter - others };
}

/** Drops everything that was stored, as the job for retention does. */
async function dropDay(of: Database): Promise<{ runs: number; ms: number }> {
  const { rows: counts } = await sql<{
    runs: number;
  }>`select count(*) as runs from probe_result`.execute(of);
  const began = performance.now();
  const names = await dropExpiredPartitions(of, START + 3 * DAY_MS, { rawDays: 1, hourDays: 400 });
  if (names.length === 0) throw new Error("Nothing was dropped");
  return { runs: counts[0]?.runs ?? 0, ms: performance.now() - began };
}

async function serverVersion(of: Database): Promise<string> {
  const { rows: versions } = await sql<{ server_version: string }>`show server_version`.execute(of);
  return `PostgreSQL ${versions[0]?.server_version}`;
}
