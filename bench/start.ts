import { execFile } from "node:child_process";
import { parseArgs, promisify } from "node:util";
import { groundOf } from "../test/drills/drill.ts";
import { createServerDatabase } from "../test/support/database.ts";
import { startScaleLabProcess } from "../test/support/service-process.ts";
import { interleave } from "./kit/interleave.ts";
import type { Row } from "./kit/row.ts";
import { conclude, tell } from "./kit/section.ts";
import { listenForPortals, type Start, startOnce } from "./start/one-start.ts";
import { fillStartWorld } from "./start/world.ts";

/**
 * How long a service with 20,000 portals in its database takes from the start of the program to its first probe; each time
 * it is killed then, as on the worst of days. Everything is on loopback; the scale lab answers for resolver and anchors.
 * Beside it a Node that does nothing. Needs TEST_DATABASE_URL.
 */
const { values } = parseArgs({
  options: {
    portals: { type: "string", default: "20000" },
    rounds: { type: "string", default: "7" },
  },
});

const GOAL_MS = 5000;
const VANTAGE = "drill";
const INTERVAL_SECONDS = 60;
/** The lab's own, which nobody asks for. */
const LAB_PORTALS = 10;

const serverUrl = process.env["TEST_DATABASE_URL"];
if (serverUrl === undefined) throw new Error("TEST_DATABASE_URL names no server");
const { url: databaseUrl, drop } = await createServerDatabase(serverUrl);
const { facts, stop } = await startScaleLabProcess(LAB_PORTALS);
const ground = await groundOf({ lab: facts, stop }, INTERVAL_SECONDS, { agencyOf: () => "bench" });
const portals = await listenForPortals();
const env = { ...ground.env, DATABASE_URL: databaseUrl, PROBE_ALLOWED_NETWORKS: "127.0.0.0/8" };
tell(`filling ${values.portals} portals`);
await fillStartWorld(databaseUrl, {
  portals: Number(values.portals),
  port: portals.port,
  vantage: VANTAGE,
});

const nothing = async (): Promise<Start> => {
  const began = performance.now();
  await promisify(execFile)(process.execPath, ["-e", "0"]);
  const took = performance.now() - began;
  return { firstProbe: took, ready: took, running: took };
};
const sides = [
  { name: "service", round: () => startOnce(env, portals) },
  { name: "node", round: nothing },
];
const found = await interleave(sides, Number(values.rounds), tell);
portals.close();
await ground.end();
await drop();

const of = (name: string, value: (each: Start) => number) => (found.get(name) ?? []).map(value);
const row = (what: string, value: (each: Start) => number): Row => ({
  what,
  unit: "ms",
  values: of("service", value),
  peer: { name: "a Node that does nothing", values: of("node", value) },
});
conclude({
  section: "start",
  facts: { portals: values.portals },
  rows: [
    { ...row("to the first probe", ({ firstProbe }) => firstProbe), goal: { atMost: GOAL_MS } },
    row("to /readyz", ({ ready }) => ready),
    row("to the text that it runs", ({ running }) => running),
  ],
});
