import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { freePort } from "../../support/free-port.ts";
import { inFolder, startChild, until } from "./child.ts";
import type { Sample } from "./exposition.ts";

/** A running Prometheus that scrapes one service at both of its endpoints, every second. */
export interface Prometheus {
  /** The present samples of an instant vector. */
  readonly query: (expression: string) => Promise<Sample[]>;
  readonly stop: () => Promise<void>;
}

/** What `promtool check metrics` says of an exposition; a clean one has code 0 and no word. */
export async function checkMetrics(
  folder: string,
  exposition: string,
): Promise<{ code: number | null; words: string }> {
  const child = spawn(`${folder}/promtool`, ["check", "metrics"], { stdio: "pipe" });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (words += chunk.toString()));
  }
  child.stdin.end(exposition);
  const [code] = (await once(child, "close")) as [number | null];
  return { code, words };
}

const FIRST_SCRAPES_WITHIN_MS = 20_000;

const answer = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

const targets = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({ scrapePool: z.string(), health: z.string(), lastError: z.string() }),
    ),
  }),
});

/** Starts Prometheus from this folder and waits until both scrapes went well; throws with their errors otherwise. */
export function startPrometheus(folder: string, serviceUrl: string): Promise<Prometheus> {
  return inFolder("prometheus", (home) => startIn(home, folder, serviceUrl));
}

async function startIn(home: string, folder: string, serviceUrl: string): Promise<Prometheus> {
  const configFile = join(home, "prometheus.yml");
  await writeFile(configFile, configuration(serviceUrl));
  const url = `http://127.0.0.1:${await freePort()}`;
  const { stop } = await startChild(
    `${folder}/prometheus`,
    [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${join(home, "data")}`,
      `--web.listen-address=${new URL(url).host}`,
    ],
    `${url}/-/ready`,
  );
  try {
    await until("both scrapes", FIRST_SCRAPES_WITHIN_MS, () => bothUp(url));
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop, query: (expression) => ask(url, expression) };
}

async function bothUp(url: string): Promise<true | null> {
  const response = await fetch(`${url}/api/v1/targets`);
  const { activeTargets } = targets.parse(await response.json()).data;
  const faults = activeTargets.filter(({ health }) => health === "down");
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return activeTargets.length === 2 && activeTargets.every(({ health }) => health === "up")
    ? true
    : null;
}

async function ask(url: string, query: string): Promise<Sample[]> {
  const parameters = new URLSearchParams({ query }).toString();
  const response = await fetch(`${url}/api/v1/query?${parameters}`);
  const { result } = answer.parse(await response.json()).data;
  return result.map(({ metric: { __name__: name = "", ...labels }, value }) => ({
    name,
    labels,
    value: Number(value[1]),
  }));
}

function configuration(serviceUrl: string): string {
  const { host } = new URL(serviceUrl);
  const job = (name: string, path: string) => [
    `  - job_name: ${name}`,
    "    honor_labels: true",
    `    metrics_path: ${path}`,
    "    static_configs:",
    `      - targets: ["${host}"]`,
  ];
  return [
    "global:",
    "  scrape_interval: 1s",
    "  scrape_timeout: 1s",
    "scrape_configs:",
    ...job("portals", "/metrics/portals"),
    ...job("service", "/metrics"),
    "",
  ].join("\n");
}
