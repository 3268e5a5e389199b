import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Gauge, Registry } from "prom-client";
import { serveParent } from "../serving/serve-parent.ts";

/** The peer: so many portals as gauges of prom-client, as many series as ours has of the runs of two families. */
const portals = Number(process.argv[2]);

/** Series of one portal over one family after a good run, by what label they have beside. */
const PLAIN = ["success", "duration", "status", "redirects", "expiry", "before", "after", "last"];
const PHASES = ["resolve", "connect", "tls", "processing", "transfer"];
const OUTCOMES = ["ok", "degraded", "fail", "unknown", "skipped"];

const registry = new Registry();
const gauge = (name: string, more: readonly string[]) =>
  new Gauge({
    name: `probe_${name}`,
    help: name,
    labelNames: ["instance", "family", "vantage", ...more],
    registers: [registry],
  });
const plain = PLAIN.map((name) => gauge(name, []));
const phases = gauge("phases", ["phase"]);
const outcomes = gauge("outcomes", ["outcome"]);
for (let portal = 0; portal < portals; portal += 1) {
  const instance = `https://made-up-${String(portal).padStart(5, "0")}.gov.example/`;
  for (const family of ["ip4", "ip6"]) {
    const labels = { instance, family, vantage: "bench" };
    for (const each of plain) each.set(labels, portal / 1000);
    for (const phase of PHASES) phases.set({ ...labels, phase }, portal / 1000);
    for (const outcome of OUTCOMES) outcomes.set({ ...labels, outcome }, portal);
  }
}
const server = createServer((_, response) => {
  registry.metrics().then(
    (text) => response.end(text),
    () => response.destroy(),
  );
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
globalThis.gc?.();
serveParent(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
