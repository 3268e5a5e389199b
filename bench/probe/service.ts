import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { openDatabase } from "../../src/store/open-database.ts";
import { groundOf, registerLab } from "../../test/drills/drill.ts";
import { createServerDatabase } from "../../test/support/database.ts";
import { makeUpAudits } from "../../test/support/made-up-audits.ts";
import {
  type ServiceProcess,
  startScaleLabProcess,
  startServiceProcess,
} from "../../test/support/service-process.ts";
import { processCost } from "../kit/process-cost.ts";
import { type KeyKind, startWeb, type Web } from "./web.ts";

/** How many portals are probed how often, and with which key they answer. */
export interface Load {
  readonly portals: number;
  readonly intervalSeconds: number;
  readonly key: KeyKind;
  /** Probing threads; default one. */
  readonly workers?: number;
  /**
   * Whether a control portal is probed alone, with the other kind of key and on a port that nobody else has, until
   * `begin` is called; default: all are probed from the start.
   */
  readonly withControl?: boolean;
}

/** A whole service that probes portals of one nginx, on the PostgreSQL of TEST_DATABASE_URL. */
export interface ProbingService {
  readonly service: ServiceProcess;
  readonly web: Web;
  readonly databaseUrl: string;
  /** The control portal, over a port of its own. */
  readonly control: { readonly url: string; readonly port: number };
  /** Lets the portals be probed that wait behind the control portal. */
  begin(): Promise<void>;
  /** CPU milliseconds of the service, all threads, for each run that it stored meanwhile. */
  measure(seconds: number): Promise<{ cpuMsPerRun: number; runs: number }>;
  /** Lets it probe, or holds it still so that nothing disturbs what is measured beside it. */
  go(): void;
  hold(): void;
  stop(): Promise<void>;
}

/** As the drills call it. */
const VANTAGE = "drill";

/** Portals answer on so many IPv4 addresses, as virtual hosts of a few machines. */
const ADDRESSES = 50;

/** Starts it and waits until every portal that is probed was, over both families. */
export async function startProbingService(load: Load): Promise<ProbingService> {
  const server = process.env["TEST_DATABASE_URL"];
  if (server === undefined) throw new Error("TEST_DATABASE_URL is not set: .ci/with-postgres.sh");
  const { url: databaseUrl, drop } = await createServerDatabase(server);
  const { facts: lab, stop: stopLab } = await startScaleLabProcess(load.portals, [
    "--addresses",
    String(ADDRESSES),
  ]);
  const zone = (lab.portals[0]?.host ?? "").split(".").slice(1).join(".");
  const web = await startWeb(zone);
  // The lab answers for names and anchors, nginx for the portals.
  const portals = lab.portals.map((portal) => ({
    ...portal,
    url: `https://${portal.host}:${web.ports[load.key]}/`,
  }));
  const controlPort = web.ports[load.key === "rsa" ? "ecdsa" : "rsa"];
  if (lab.control === undefined) throw new Error("The scale lab has no control portal");
  const control = { ...lab.control, url: `https://${lab.control.host}:${controlPort}/` };
  const registered = load.withControl === true ? [...portals, control] : portals;
  const stop = async () => {
    await Promise.all([stopLab(), web.stop()]);
  };
  const all = { ...lab, portals: registered, caPem: lab.caPem + web.caPem };
  const ground = await groundOf({ lab: all, stop }, load.intervalSeconds, {
    agencyOf: () => "bench",
  });
  const env = {
    ...ground.env,
    DATABASE_URL: databaseUrl,
    PROBE_WORKERS: String(load.workers ?? 1),
    PUBLIC_READ: "all",
    PROBES_PER_ADDRESS: "200",
    PROBE_TIMEOUT_MS: "5000",
    AUDIT_INTERVAL_SECONDS: "604800",
  };
  await registerLab({ ...ground, env });
  await auditedAlready(databaseUrl);
  if (load.withControl === true) await probed(databaseUrl, control.id, false);
  const service = await startServiceProcess(env);
  const due = (load.withControl === true ? 1 : load.portals) * 2;
  while ((await runsOf(service)) < due) await sleep(500);
  return {
    service,
    web,
    databaseUrl,
    control: { url: control.url, port: controlPort },
    begin: () => probed(databaseUrl, control.id, true),
    measure: (seconds) => measure(service, seconds),
    go: () => service.signal("SIGCONT"),
    hold: () => service.signal("SIGSTOP"),
    stop: async () => {
      service.signal("SIGCONT");
      await service.stop();
      await ground.end();
      await drop();
    },
  };
}

/** Whether all portals but one are probed; a running service sees it within 15 seconds. */
async function probed(databaseUrl: string, but: string, isProbed: boolean): Promise<void> {
  const { db, close } = await openDatabase({ databaseUrl, dataDir: "" });
  const [lifecycle, retiredAt] = isProbed ? ["active", null] : ["retired", new Date()];
  await sql`
    update portal set lifecycle = ${lifecycle}, retired_at = ${retiredAt}
    where slug <> ${but} and source = 'made up for a drill'`.execute(db);
  await close();
}

/** Audits have a section of their own: here every portal had one a moment ago. */
async function auditedAlready(databaseUrl: string): Promise<void> {
  const { db, close } = await openDatabase({ databaseUrl, dataDir: "" });
  await makeUpAudits(db, { now: Date.now(), days: 1, auditsPerDay: 1, vantage: VANTAGE });
  await close();
}

async function measure(service: ServiceProcess, seconds: number) {
  const [runs, cost] = [await runsOf(service), await processCost(service.pid)];
  await sleep((seconds / 2) * 1000);
  // As Prometheus does, which asks every 30 s.
  await (await fetch(`${service.url}/metrics/portals`)).arrayBuffer();
  await sleep((seconds / 2) * 1000);
  const [runsAfter, costAfter] = [await runsOf(service), await processCost(service.pid)];
  const done = runsAfter - runs;
  return { cpuMsPerRun: (costAfter.cpuMs - cost.cpuMs) / done, runs: done };
}

/** Runs that it has stored since its start. */
async function runsOf({ url }: ServiceProcess): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counts = [...text.matchAll(/^prober_results_total\{.*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}
