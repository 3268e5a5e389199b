import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../support/free-port.ts";
import { type Child, inFolder, startChild, until } from "./child.ts";
import { configFor, INTERVAL, type Places } from "./prometheus-config.ts";

const RULES = fileURLToPath(new URL("../../../dashboards/prometheus/rules", import.meta.url));

/** One series of an answer: a point of an instant query, points of a range query. */
export interface ResultSeries {
  readonly metric: Readonly<Record<string, string>>;
  /** Seconds and the value as Prometheus spells it. */
  readonly points: readonly (readonly [number, string])[];
}

/** What a query is asked for: an instant, or a range with its step, in Unix seconds. */
export type Moment =
  | { readonly time: number }
  | { readonly start: number; readonly end: number; readonly step: number };

/** A Prometheus with our rules, to which a dashboard's queries go. */
export interface DashboardPrometheus extends Child {
  readonly url: string;
  /** The series of an answer; throws with Prometheus' words where it refuses. */
  readonly ask: (query: string, moment: Moment) => Promise<readonly ResultSeries[]>;
  /** The values of a label, as a variable asks for them. */
  readonly labelValues: (selector: string, label: string, moment: Moment) => Promise<string[]>;
}

/** How a Prometheus is started. */
export interface PrometheusOptions {
  /** Folder of `prometheus` and `promtool`. */
  readonly folder: string;
  readonly places: Omit<Places, "prometheus">;
  /** Blocks that it begins with. */
  readonly blocks: string;
  /** Whether it scrapes and evaluates, or only answers. */
  readonly scraping: boolean;
}

const READY_WITHIN_MS = 90_000;

/** Starts it over a copy of the blocks, which stay as they are; if it scrapes, waits for the first evaluations. */
export function startDashboardPrometheus(options: PrometheusOptions): Promise<DashboardPrometheus> {
  return inFolder("dashboards", (home) => startIn(home, options));
}

async function startIn(home: string, options: PrometheusOptions): Promise<DashboardPrometheus> {
  const { folder, places, blocks, scraping } = options;
  const host = `127.0.0.1:${await freePort()}`;
  const url = `http://${host}`;
  await mkdir(join(home, "data"));
  await cp(blocks, join(home, "data"), { recursive: true });
  await copyRules(join(home, "rules"));
  const config = configFor({ ...places, prometheus: host }, { scraping });
  await writeFile(join(home, "prometheus.yml"), config);
  const child = await startChild(
    `${folder}/prometheus`,
    [
      `--config.file=${join(home, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(home, "data")}`,
      "--storage.tsdb.retention.time=10y",
      "--enable-feature=extra-scrape-metrics",
      `--web.listen-address=${host}`,
    ],
    `${url}/-/ready`,
  );
  const prometheus = { url, stop: child.stop, ...asking(url) };
  if (scraping) {
    await until("scrapes and evaluations", READY_WITHIN_MS, () => hasEvaluated(prometheus)).catch(
      async (error: unknown) => {
        await child.stop();
        throw error;
      },
    );
  }
  return prometheus;
}

/** Our rules, evaluated as often as the service is scraped here. */
async function copyRules(to: string): Promise<void> {
  await mkdir(to);
  for (const name of await readdir(RULES)) {
    const text = await readFile(join(RULES, name), "utf8");
    await writeFile(join(to, name), text.replaceAll(/^( +interval: ).*$/gm, `$1${INTERVAL}`));
  }
}

/** Every job is up and was for a minute, and every group of rules was evaluated after that. */
async function hasEvaluated({ ask }: Pick<DashboardPrometheus, "ask">): Promise<true | null> {
  const time = Date.now() / 1000;
  const jobs = await ask("count_over_time(up[2m]) >= 12 and up == 1", { time });
  const late = await ask("prometheus_rule_group_last_evaluation_timestamp_seconds < time() - 60", {
    time,
  });
  return jobs.length === 5 && late.length === 0 ? true : null;
}

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data: {
    readonly resultType?: string;
    readonly result: unknown;
  };
}

function asking(url: string): Pick<DashboardPrometheus, "ask" | "labelValues"> {
  return {
    async ask(query, moment) {
      const path = "time" in moment ? "query" : "query_range";
      const body = new URLSearchParams({ query, ...texts(moment) });
      const response = await fetch(`${url}/api/v1/${path}`, { method: "POST", body });
      const { status, error, data } = (await response.json()) as Answer;
      if (status !== "success") throw new Error(`${error}: ${query}`);
      return seriesOf(data);
    },
    async labelValues(selector, label, moment) {
      const { start, end } = texts(moment);
      const parameters = new URLSearchParams({ "match[]": selector });
      if (start && end)
        for (const [name, at] of Object.entries({ start, end })) parameters.set(name, at);
      const response = await fetch(`${url}/api/v1/label/${label}/values?${parameters.toString()}`);
      const { status, error, data } = (await response.json()) as {
        status: string;
        error?: string;
        data: string[];
      };
      if (status !== "success") throw new Error(`${error}: ${selector}`);
      return data;
    },
  };
}

function texts(moment: Moment): Record<string, string> {
  return Object.fromEntries(Object.entries(moment).map(([name, at]) => [name, String(at)]));
}

type Pair = readonly [number, string];

function seriesOf({ resultType, result }: Answer["data"]): ResultSeries[] {
  if (resultType === "scalar") return [{ metric: {}, points: [result as Pair] }];
  const found = result as {
    metric: ResultSeries["metric"];
    value?: Pair;
    values?: readonly Pair[];
  }[];
  return found.map(({ metric, value, values }) => ({
    metric,
    points: values ?? (value ? [value] : []),
  }));
}
