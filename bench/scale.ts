import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { processCost } from "./kit/process-cost.ts";
import { median, type Row } from "./kit/row.ts";
import { conclude, tell } from "./kit/section.ts";
import { startProbingService } from "./probe/service.ts";
import { quantile } from "./kit/quantile.ts";
import { type ControlVisit, type Times, visitControl } from "./scale/control.ts";
import { storedRuns } from "./scale/stored.ts";

/**
 * A whole service under the load of a country: are all runs that were due stored, when did they begin, what does it take,
 * and are the times that it measures those that the kernel saw? Portals are virtual hosts of one nginx over loopback, in a
 * process of its own, as are the resolver and PostgreSQL.
 */
const { values } = parseArgs({
  options: {
    portals: { type: "string", default: "20000" },
    "interval-seconds": { type: "string", default: "60" },
    minutes: { type: "string", default: "3" },
    workers: { type: "string", default: "2" },
  },
});

const portals = Number(values.portals);
const intervalSeconds = Number(values["interval-seconds"]);
const minutes = Number(values.minutes);

const IDLE_SECONDS = 30;
/** Every portal has been probed once, and code is compiled. */
const WARM_UP_MS = (intervalSeconds + 20) * 1000;
/** Results are written once a second; late runs are given up sooner. */
const STORED_AFTER_MS = 8000;

const world = await startProbingService({
  portals,
  intervalSeconds,
  key: "ecdsa",
  workers: Number(values.workers),
  withControl: true,
});
const { service, control } = world;
tell("the control portal alone");
await visitControl(service.url, control, 10);
const idle = await visitControl(service.url, control, IDLE_SECONDS);
tell(`${portals} portals begin`);
await world.begin();
await sleep(WARM_UP_MS);

const from = Date.now();
const before = await processCost(service.pid);
const scraping = scrape(service.url, minutes * 60_000);
const loaded = await visitControl(service.url, control, minutes * 60);
const after = await processCost(service.pid);
const to = Date.now() - 2000;
await scraping;
await sleep(STORED_AFTER_MS);
const runs = await storedRuns(world.databaseUrl, { from, to, intervalMs: intervalSeconds * 1000 });
tell(JSON.stringify(runs));
await world.stop();

const cpuMs = after.cpuMs - before.cpuMs;
const rows: Row[] = [
  row("runs that were due and are not stored", "", runs.due - runs.stored, { atMost: 0 }),
  {
    ...row("runs that were due and were skipped", "", runs.skipped, { atMost: 0 }),
    note: Object.entries(runs.outcomes)
      .map(([outcome, count]) => `${count} ${outcome}`)
      .join(", "),
  },
  row("runs that were not ok", "", runs.stored - (runs.outcomes["ok"] ?? 0), { atMost: 0 }),
  row("schedule lag, 99 %", "ms", runs.lagMs.p99, { atMost: 500 }),
  row("event-loop delay of probing threads, 99 % of runs", "ms", runs.loopLagMs.p99, {
    atMost: 20,
  }),
  row("resident memory, at most", "MB", after.peakRssBytes / 1e6, { atMost: 700 }),
  row("CPU per run, whole service", "ms", cpuMs / runs.stored),
  row("cores of the service", "", cpuMs / (minutes * 60_000)),
  ...(["connect", "tls"] as const).flatMap((phase) => controlRows(phase, idle, loaded)),
];
conclude({
  section: `${portals.toLocaleString("en")} portals over both families, every ${intervalSeconds} s`,
  facts: {
    minutes,
    "runs due": runs.due,
    "probing threads": values.workers,
    nginx: world.web.version,
  },
  rows,
  missing: loaded.some(({ seen }) => seen !== null)
    ? []
    : ["what the kernel saw (apt-get install tcpdump, as root)"],
});

function row(what: string, unit: string, value: number, goal?: Row["goal"]): Row {
  return { what, unit, values: [value], ...(goal === undefined ? {} : { goal }) };
}

/** As Prometheus does, every 30 s. */
async function scrape(url: string, forMs: number): Promise<void> {
  const until = performance.now() + forMs;
  while (performance.now() < until) {
    for (const path of ["/metrics", "/metrics/portals"]) {
      await (await fetch(url + path)).arrayBuffer();
    }
    await sleep(30_000);
  }
}

function controlRows(
  phase: keyof Times,
  alone: readonly ControlVisit[],
  under: readonly ControlVisit[],
): Row[] {
  const said = (visits: readonly ControlVisit[]) => visits.map((visit) => visit.said[phase]);
  const errors = under.flatMap((visit) =>
    visit.seen === null ? [] : [Math.abs(visit.said[phase] - visit.seen[phase])],
  );
  const name = phase === "tls" ? "TLS" : "connect";
  return [
    {
      what: `${name} time of the control portal, median under load`,
      unit: "ms",
      values: [median(said(under))],
      peer: { name: "without load", values: [median(said(alone))] },
      goal: { ratioAtMost: 1.1, ratioAtLeast: 0.9 },
      note: `${under.length} visits under load, ${alone.length} without`,
    },
    {
      what: `${name} time, difference from what the kernel saw, 99 %`,
      unit: "ms",
      values: errors.length === 0 ? [] : [quantile(errors, 0.99) ?? Number.NaN],
      goal: { atMost: 2 },
      note: `median ${errors.length === 0 ? "–" : median(errors).toFixed(3)} ms of ${errors.length} connections`,
    },
  ];
}
