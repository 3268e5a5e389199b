import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { account } from "./prober/accounting.ts";
import { compare } from "./prober/control.ts";
import { quantile } from "./prober/quantile.ts";
import { type BenchReport, tableOf } from "./prober/report.ts";
import { startScaleProcess } from "./prober/scale-process.ts";
import { openDatabase, openMemory } from "./prober/storage.ts";
import { observeLoad } from "./prober/under-load.ts";

/**
 * Does the prober keep its schedule, and does its own load leave its measurements alone? A lab of many portals in
 * a process of its own is probed over both families for some minutes; every scheduled run must be found again.
 * The table goes to stderr, JSON to stdout; exit 1 when a run is lost or the schedule lags.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    portals: { type: "string", default: "1000" },
    addresses: { type: "string", default: "50" },
    threads: { type: "string", default: String(Math.max(1, availableParallelism() - 1)) },
    "interval-seconds": { type: "string", default: "60" },
    /** Keep the results in memory: the prober's own cost alone. */
    "no-store": { type: "boolean", default: false },
  },
});

/** 99 of 100 runs must begin within this of their slot. */
const LAG_LIMIT_MS = 1000;

/** A quarter of the load's time, before and again after it, at most a minute each. */
const IDLE_SHARE = 0.25;
const IDLE_LONGEST_MS = 60_000;

const minutes = Number(values.minutes);
const loadMs = minutes * 60_000;
const plan = {
  threads: Number(values.threads),
  intervalMs: Number(values["interval-seconds"]) * 1000,
  loadMs,
  idleMs: Math.min(IDLE_LONGEST_MS, loadMs * IDLE_SHARE),
};

const lab = await startScaleProcess(Number(values.portals), Number(values.addresses));
const { portals } = lab;
process.stderr.write(`${portals.length} portals, both families, for ${minutes} minutes\n`);
const store = values["no-store"] ? openMemory(portals) : await openDatabase(portals);
const seen = await observeLoad(lab, store, plan);
const records = await store.records();
await store.close();
await lab.stop();

const found = account(store.targets, records, plan.intervalMs, seen.from, seen.to);
const p99 = quantile(seen.lagsMs, 0.99);
const report: BenchReport = {
  minutes,
  portals: portals.length,
  threads: plan.threads,
  storedIn: values["no-store"] ? "memory" : "embedded database",
  account: found,
  lagMs: { p50: quantile(seen.lagsMs, 0.5), p99, max: quantile(seen.lagsMs, 1) },
  loopLagMaxMs: seen.loopLagMaxMs,
  rssMaxBytes: seen.rssMaxBytes,
  cpuSecondsPerRun: {
    process: seen.cpu.processSeconds / seen.runs,
    threads: seen.cpu.threadSeconds / seen.runs,
  },
  control: compare(seen.idle, seen.loaded),
  faults: seen.faults,
  passed: found.unaccounted === 0 && found.scheduled > 0 && p99 !== null && p99 < LAG_LIMIT_MS,
};
process.stderr.write(tableOf(report));
process.stdout.write(`${JSON.stringify(report)}\n`);
process.exitCode = report.passed ? 0 : 1;
