import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { z } from "zod";
import { startChild } from "../../test/real/support/child.ts";
import { freePort } from "../../test/support/free-port.ts";

/** One series of an answer. */
export type Series = z.infer<typeof series>;

/** What an answer cost. */
export interface Answer {
  readonly result: readonly Series[];
  /** Samples that were looked at, over all steps, and most of them held at once. */
  readonly samples: number;
  readonly peakSamples: number;
  /** From the request to the last byte. */
  readonly ms: number;
}

/** How long the last evaluation of a group and of its rules took, in seconds. */
export type RuleGroup = z.infer<typeof rules>["data"]["groups"][number];

/** A Prometheus that scrapes a world at an operator's pace. */
export interface BenchPrometheus {
  readonly url: string;
  /** The folder of its database. */
  readonly data: string;
  readonly now: (expr: string) => Promise<Answer>;
  readonly over: (
    expr: string,
    range: { readonly seconds: number; readonly step: number },
  ) => Promise<Answer>;
  readonly groups: () => Promise<RuleGroup[]>;
  /** Names and health of what is scraped. */
  readonly targets: () => Promise<z.infer<typeof targets>["data"]["activeTargets"]>;
  readonly stop: () => Promise<void>;
}

const series = z.object({
  metric: z.record(z.string(), z.string()),
  value: z.tuple([z.number(), z.string()]).optional(),
});

const answer = z.object({
  data: z.object({
    result: z.array(series),
    stats: z.object({
      samples: z.object({ totalQueryableSamples: z.number(), peakSamples: z.number() }),
    }),
  }),
});

const rules = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        name: z.string(),
        evaluationTime: z.number(),
        lastEvaluation: z.string(),
        rules: z.array(
          z.object({
            name: z.string(),
            health: z.string(),
            lastError: z.string().optional(),
            evaluationTime: z.number(),
          }),
        ),
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

/** Where what is scraped every 30 s and every 120 s is, and where the rules lie. */
export interface Scraped {
  readonly folder: string;
  /** Of the program `prometheus`. */
  readonly programs: string;
  readonly serviceUrl: string;
}

/** Starts it with the rules in `folder/rules`. */
export async function startBenchPrometheus(scraped: Scraped): Promise<BenchPrometheus> {
  const { folder, programs, serviceUrl } = scraped;
  const url = `http://127.0.0.1:${await freePort()}`;
  const file = join(folder, "prometheus.yml");
  const data = join(folder, "data");
  await writeFile(file, configOf(new URL(serviceUrl).host, new URL(url).host));
  const { stop } = await startChild(
    `${programs}/prometheus`,
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${data}`,
      // Longer than the history that is made up.
      "--storage.tsdb.retention.time=90d",
      `--web.listen-address=${new URL(url).host}`,
    ],
    `${url}/-/ready`,
  );
  const read = async (path: string) => {
    const response = await fetch(`${url}/api/v1/${path}`);
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(body)}`);
    return body;
  };
  const ask = async (path: string, parameters: Record<string, string>): Promise<Answer> => {
    const from = performance.now();
    const search = new URLSearchParams({ ...parameters, stats: "all" }).toString();
    const body = await read(`${path}?${search}`);
    const ms = performance.now() - from;
    const { result, stats } = answer.parse(body).data;
    const { totalQueryableSamples: samples, peakSamples } = stats.samples;
    return { result, samples, peakSamples, ms };
  };
  return {
    url,
    data,
    now: (query) => ask("query", { query }),
    over(query, { seconds, step }) {
      const end = Date.now() / 1000;
      const [start, last] = [end - seconds, end].map(String);
      return ask("query_range", { query, start: start!, end: last!, step: String(step) });
    },
    groups: async () => rules.parse(await read("rules")).data.groups,
    targets: async () => targets.parse(await read("targets")).data.activeTargets,
    stop,
  };
}

function configOf(service: string, self: string): string {
  const job = (name: string, target: string, path: string, seconds = 30) => ({
    job_name: name,
    honor_labels: true,
    metrics_path: path,
    scrape_interval: `${seconds}s`,
    scrape_timeout: `${seconds}s`,
    static_configs: [{ targets: [target] }],
  });
  return stringify({
    global: { evaluation_interval: "1m" },
    rule_files: ["rules/*.yml"],
    scrape_configs: [
      job("hatangso", service, "/metrics"),
      job("hatangso-portals", service, "/metrics/portals"),
      job("hatangso-coverage", service, "/metrics/coverage", 120),
      job("prometheus", self, "/metrics"),
    ],
  });
}
