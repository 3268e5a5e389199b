/**
 * What it costs to keep tracks and incidents besides results: batches of 10,000 results of 5,000 portals over two
 * families on the embedded database, without the ledger and with it; all well, and then all portals failing at once.
 * Beside them the ledger alone, and how long the tracks of 20,000 portals take to be learnt at a start.
 * Prints one JSON line per measurement, with CPU milliseconds, for other programs may be running.
 */
import { DEFAULT_POLICY } from "../src/domain/incident/policy.ts";
import type { ProbeResult } from "../src/domain/observation.ts";
import { type Database, openEmbedded } from "../src/store/database.ts";
import { createLedger, type Ledger } from "../src/store/incidents/ledger.ts";
import { migrate } from "../src/store/migrate.ts";
import { BatchStore } from "../src/store/result-batch.ts";
import { failedResult, registerPortals, result, START } from "../test/store/helpers/results.ts";

const BATCH_PORTALS = 5000;
const PORTALS = 20_000;
const ROUNDS = 4;
const MINUTE = 60_000;

function batch(minute: number, first: number, make: typeof result): ProbeResult[] {
  const scheduledAt = START + minute * MINUTE;
  return Array.from({ length: BATCH_PORTALS }, (_, index) =>
    (["ip4", "ip6"] as const).map((family) =>
      make({ portal: first + index, family, scheduledAt, startedAt: scheduledAt + 3 }),
    ),
  ).flat();
}

async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return Math.round((user + system) / 1000);
}

const newLedger = () =>
  createLedger({ policy: DEFAULT_POLICY, intervalMs: MINUTE, network: "internet" });

const newStore = (db: Database, ledger: Ledger | null) =>
  new BatchStore(db, () => START + 60 * MINUTE, ledger);

async function open(portals: number): Promise<Database> {
  const db = await openEmbedded(null);
  await migrate(db);
  await registerPortals(db, portals);
  return db;
}

async function rounds(name: string, ledger: Ledger | null): Promise<void> {
  const db = await open(BATCH_PORTALS);
  const store = newStore(db, ledger);
  const ok: number[] = [];
  for (let minute = 0; minute <= ROUNDS; minute += 1) {
    const results = batch(minute, 1, result);
    ok.push(await cpuMs(() => store.store(results)));
  }
  const failing: number[] = [];
  for (let minute = ROUNDS + 1; minute <= ROUNDS + 4; minute += 1) {
    const results = batch(minute, 1, failedResult);
    failing.push(await cpuMs(() => store.store(results)));
  }
  const rows = { results: BATCH_PORTALS * 2, ok_cpu_ms: ok.slice(1), all_failing_cpu_ms: failing };
  console.log(JSON.stringify({ name, ...rows }));
  await db.destroy();
}

async function learning(): Promise<void> {
  const db = await open(PORTALS);
  const store = newStore(db, newLedger());
  for (let first = 1; first < PORTALS; first += BATCH_PORTALS) {
    await store.store(batch(0, first, result));
  }
  global.gc?.();
  const before = process.memoryUsage().heapUsed;
  const ledger = newLedger();
  const ms = await cpuMs(() =>
    db.transaction().execute((trx) => ledger.begin(trx, new Map([["local", 1]]))),
  );
  global.gc?.();
  const mb = Math.round((process.memoryUsage().heapUsed - before) / 1e6);
  console.log(JSON.stringify({ name: "learning", tracks: PORTALS * 2, cpu_ms: ms, heap_mb: mb }));
  const steady: number[] = [];
  for (let minute = 1; minute <= ROUNDS; minute += 1) {
    const results = batch(minute, 1, result);
    const work = (trx: Database) => ledger.apply(trx, results, new Map([["local", 1]]), START);
    steady.push(await cpuMs(() => db.transaction().execute(work)));
    ledger.committed();
  }
  const rows = { results: BATCH_PORTALS * 2, ok_cpu_ms: steady };
  console.log(JSON.stringify({ name: "ledger alone", ...rows }));
  await db.destroy();
}

await rounds("without", null);
await rounds("with", newLedger());
await learning();
