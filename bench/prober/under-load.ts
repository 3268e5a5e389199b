import { setTimeout as sleep } from "node:timers/promises";
import type { ProbeResult } from "../../src/domain/observation.ts";
import type { ProbeTarget } from "../../src/domain/portal.ts";
import { type Prober, startProber } from "../../src/prober/index.ts";
import { type ControlSeries, joined, visitControl } from "./control.ts";
import type { ScaleProcess } from "./scale-process.ts";
import type { Storage } from "./storage.ts";
import { type Usage, watchUsage } from "./usage.ts";

/** How hard and how long. */
export interface LoadPlan {
  readonly threads: number;
  readonly intervalMs: number;
  readonly loadMs: number;
  /** The control portal is visited so long without load, before and again after it. */
  readonly idleMs: number;
}

/** What was seen. */
export interface LoadSight {
  /** The span in which every slot must be found again, milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** How late each run began, milliseconds. */
  readonly lagsMs: readonly number[];
  readonly loopLagMaxMs: number;
  readonly rssMaxBytes: number;
  /** CPU used while the load lasted, and the runs that it went into. */
  readonly cpu: Usage;
  readonly runs: number;
  readonly idle: ControlSeries;
  readonly loaded: ControlSeries;
  readonly faults: readonly string[];
}

/** Slots this near the ends of the load may fall before it begins or after it ends. */
const EDGE_MS = 1000;

/** Until code is compiled and connections to the resolver are open. */
const WARM_UP_MS = 10_000;

/** The service has 15 s for its whole stop. */
const GRACE_MS = 12_000;

/** Measures the prober without load, with all portals of the lab, and without again. */
export async function observeLoad(
  lab: ScaleProcess,
  store: Storage,
  plan: LoadPlan,
): Promise<LoadSight> {
  const usage = watchUsage();
  const lagsMs: number[] = [];
  const faults: string[] = [];
  let runs = 0;
  const prober = await startIn(lab, plan, faults, (results) => {
    store.add(results);
    const ran = results.filter((one) => one.outcome !== "skipped" && one.attempt === 0);
    runs += ran.length;
    for (const one of ran) lagsMs.push(one.startedAt - one.scheduledAt);
  });
  const visit = (ms: number) => visitControl(prober, controlOf(lab), ms);
  await prober.checkVantage();
  await visit(Math.min(WARM_UP_MS, plan.loadMs));
  const before = await visit(plan.idleMs);

  const loopLag = watchThreads(prober);
  const cpuBefore = await usage.now();
  prober.setTargets(store.targets);
  const from = Date.now() + EDGE_MS;
  const loaded = await visit(plan.loadMs + 2 * EDGE_MS);
  const to = Date.now() - EDGE_MS;
  prober.setTargets([]);
  const cpuAfter = await usage.now();
  const loadRuns = runs + loaded.ip4.tls.length + loaded.ip6.tls.length;

  await sleep(EDGE_MS);
  const after = await visit(plan.idleMs);
  await prober.stop(GRACE_MS);
  usage.stop();
  return {
    from,
    to,
    lagsMs,
    loopLagMaxMs: loopLag.stop(),
    rssMaxBytes: usage.maxRss(),
    cpu: spent(cpuBefore, cpuAfter),
    runs: loadRuns,
    idle: joined(before, after),
    loaded,
    faults,
  };
}

function controlOf({ control: { id, url } }: ScaleProcess): ProbeTarget {
  return { portal: 0, slug: id, url, expectation: {} };
}

function spent(before: Usage, after: Usage): Usage {
  return {
    processSeconds: after.processSeconds - before.processSeconds,
    threadSeconds: after.threadSeconds - before.threadSeconds,
  };
}

function startIn(
  lab: ScaleProcess,
  { threads, intervalMs }: LoadPlan,
  faults: string[],
  onResults: (results: ProbeResult[]) => void,
): Promise<Prober> {
  return startProber({
    threads,
    vantage: { name: "bench", country: null, anchors: lab.anchors },
    dnsServers: [lab.dnsServer],
    allowedNetworks: lab.allowedNetworks.split(","),
    timeoutMs: 10_000,
    intervalMs,
    extraRoots: [lab.caPem],
    contact: null,
    // Over IPv6 all portals of the lab may share one address.
    limits: { inFlight: 1500, newConnectionsPerSecond: 1500, perAddress: 200, lagLimitMs: 500 },
    onResults,
    onVantage: () => undefined,
    onFault: (error) => faults.push(error.message),
  });
}

/** The longest event-loop delay that the threads report, until it is stopped. */
function watchThreads(prober: Prober): { stop: () => number } {
  let most = 0;
  const timer = setInterval(() => {
    for (const { loopLagMs } of prober.status().threads) most = Math.max(most, loopLagMs);
  }, 500);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}
