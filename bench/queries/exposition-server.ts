import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
import { EXPOSITION_TYPE, renderLabels, renderSample } from "../../src/metrics/exposition.ts";
import type { World } from "./world.ts";

/** What the service of a demo exposes beside its portals. */
export interface ServiceTexts {
  readonly service: string;
  readonly coverage: string;
}

/** The three endpoints of a service with very many portals. */
export interface ExpositionServer {
  readonly url: string;
  close(): Promise<void>;
}

/** A sixtieth of all portals is probed each second. */
const SECONDS_PER_ROUND = 60;

/**
 * Serves them on loopback: the portals' series by the product's own store, which takes in runs all the time, and the
 * texts of the demo with figures for these agencies and provinces in place of its own.
 */
export async function startExpositionServer(
  world: World,
  portals: number,
  provinces: readonly string[],
  texts: ServiceTexts,
): Promise<ExpositionServer> {
  world.probe(0, portals);
  const service = without(texts.service, ["agency_availability_ratio", "province_probe_results"]);
  const answers: Record<string, (response: ServerResponse) => Promise<void>> = {
    "/metrics/portals": (response) => pipeline(world.metrics.scrape(), response),
    "/metrics": async (response) =>
      void response.end(service + availabilityOf(world.agencies) + resultsOf(provinces)),
    "/metrics/coverage": async (response) => void response.end(texts.coverage),
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ""];
    response.setHeader("Content-Type", EXPOSITION_TYPE);
    // A scrape that Prometheus has given up is its affair.
    if (answer) answer(response).catch(() => response.destroy());
    else response.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  let second = 0;
  const rounds = setInterval(() => {
    const from = (second % SECONDS_PER_ROUND) / SECONDS_PER_ROUND;
    world.probe(Math.round(from * portals), Math.round((from + 1 / SECONDS_PER_ROUND) * portals));
    second += 1;
  }, 1000);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      clearInterval(rounds);
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** An exposition without the lines of metrics whose names begin so. */
function without(text: string, names: readonly string[]): string {
  return text
    .split("\n")
    .filter((line) => !names.some((name) => line.replace(/^# (HELP|TYPE) /, "").startsWith(name)))
    .join("\n");
}

function availabilityOf(agencies: readonly string[]): string {
  const lines = agencies.flatMap((agency, index) =>
    ["this_month", "last_month"].map((period) =>
      renderSample(
        "agency_availability_ratio",
        renderLabels({ agency, period }),
        0.98 + (index % 20) / 1000,
      ),
    ),
  );
  return `# TYPE agency_availability_ratio gauge\n${lines.join("")}`;
}

/** Counters that grow with the time of day, two bad runs in a hundred. */
function resultsOf(provinces: readonly string[]): string {
  const runs = Math.floor((Date.now() % 86_400_000) / 100);
  const lines = [...provinces, ""].flatMap((province) => [
    renderSample(
      "province_probe_results_total",
      renderLabels({ province, result: "good" }),
      runs * 98,
    ),
    renderSample(
      "province_probe_results_total",
      renderLabels({ province, result: "bad" }),
      runs * 2,
    ),
  ]);
  return `# TYPE province_probe_results_total counter\n${lines.join("")}`;
}
