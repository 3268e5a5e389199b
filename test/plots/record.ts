import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { z } from "zod";
import { hastened } from "../drills/alerts/hasten.ts";
import { programs } from "../real/programs.ts";
import { type Child, startChild, until } from "../real/support/child.ts";
import { readPrometheus, ROOT } from "../support/deployment.ts";
import { freePort } from "../support/free-port.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";

/** The demo and a Prometheus with our jobs, six times as often as an operator's, and our rules as they are. */
export interface Recording {
  /** Of the Prometheus. */
  readonly url: string;
  /** Seconds between two scrapes. */
  readonly scrapeSeconds: number;
  /** Breaks portals of the lab, or mends them. */
  behave(portals: readonly string[], behaviour: "healthy" | "http-500"): Promise<void>;
  stop(): Promise<void>;
}

const FACTOR = 6;
const FIRST_RULES_WITHIN_MS = 120_000;

/** Resolves when the rules have counted portals for the first time. */
export async function startRecording(): Promise<Recording> {
  const folder = await mkdtemp(join(tmpdir(), "hatangso-plots-"));
  const running: { stop(): Promise<unknown> }[] = [];
  const stop = async () => {
    for (const each of running.toReversed()) await each.stop();
    await rm(folder, { recursive: true });
  };
  try {
    const demo = await startServiceProcess({ DATA_DIR: join(folder, "data") }, "demo");
    running.push(demo);
    const url = `http://127.0.0.1:${await freePort()}`;
    running.push(await startPrometheus(folder, url, demo.url));
    await until("counted portals", FIRST_RULES_WITHIN_MS, async () =>
      (await valuesNow(url, "sum(agency:portals:count)")).length > 0 ? true : null,
    );
    return { url, scrapeSeconds: 30 / FACTOR, behave: behaviourSwitch(demo), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits while something can be seen to happen, and says what. */
export async function record(what: string, seconds: number): Promise<void> {
  process.stderr.write(`${what}: ${seconds} s\n`);
  await sleep(seconds * 1000);
}

async function startPrometheus(folder: string, url: string, service: string): Promise<Child> {
  const { alerting: _alerting, scrape_configs, ...rest } = readPrometheus("prometheus.static.yml");
  const jobs = scrape_configs
    .filter(({ job_name }) => job_name.startsWith("hatangso"))
    .map((job) => ({
      ...job,
      static_configs: [{ targets: [new URL(service).host] }],
      // Coming up short of time, a machine that draws pictures is not to lose points for it.
      scrape_timeout: job.scrape_interval ?? rest.global.scrape_interval,
    }));
  const config = {
    ...rest,
    scrape_configs: jobs,
    rule_files: [`${ROOT}dashboards/prometheus/rules/*.yml`],
  };
  const file = join(folder, "prometheus.yml");
  await writeFile(file, stringify(hastened(config, FACTOR), { aliasDuplicateObjects: false }));
  return startChild(
    `${programs().prometheus["2.42"]}/prometheus`,
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, "tsdb")}`,
      `--web.listen-address=${new URL(url).host}`,
    ],
    `${url}/-/ready`,
  );
}

/** The lab's control, at the address that the demo prints. */
function behaviourSwitch(demo: ServiceProcess): Recording["behave"] {
  const [control] = /http:\/\/\S+(?=\/portals\/healthy\/behaviour)/.exec(demo.stderr()) ?? [];
  if (control === undefined) throw new Error(`The demo names no control:\n${demo.stderr()}`);
  return async (portals, behaviour) => {
    for (const portal of portals) {
      const body = JSON.stringify(behaviour);
      const answer = await fetch(`${control}/portals/${portal}/behaviour`, { method: "PUT", body });
      if (!answer.ok) throw new Error(`${portal}: ${answer.status} ${await answer.text()}`);
    }
  };
}

const labels = z.record(z.string(), z.string());
const point = z.tuple([z.number(), z.string()]);
const vector = z.object({
  data: z.object({ result: z.array(z.object({ metric: labels, value: point })) }),
});
const matrix = z.object({
  data: z.object({ result: z.array(z.object({ metric: labels, values: z.array(point) })) }),
});

/** The present values of an expression. */
export async function valuesNow(url: string, query: string): Promise<number[]> {
  const answer = vector.parse(await ask(`${url}/api/v1/query`, { query }));
  return answer.data.result.map(({ value }) => Number(value[1]));
}

/** A series over time; seconds since the epoch and values. */
export interface Line {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: ReadonlyMap<number, number>;
}

/** An expression over time, one value each `step` seconds. */
export async function valuesOver(
  url: string,
  query: string,
  { start, end, step }: { readonly start: number; readonly end: number; readonly step: number },
): Promise<Line[]> {
  const asked = { query, start: String(start), end: String(end), step: String(step) };
  const answer = matrix.parse(await ask(`${url}/api/v1/query_range`, asked));
  return answer.data.result.map(({ metric, values }) => ({
    labels: metric,
    points: new Map(values.map(([at, value]) => [at, Number(value)])),
  }));
}

async function ask(url: string, parameters: Readonly<Record<string, string>>): Promise<unknown> {
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams(parameters) });
  if (!answer.ok) throw new Error(`${parameters["query"]}: ${await answer.text()}`);
  return answer.json();
}
