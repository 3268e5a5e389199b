import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { generatedFiles } from "../../../dashboards/generated-files.ts";
import { programs } from "../../real/programs.ts";
import { startChild } from "../../real/support/child.ts";
import { freePort } from "../../support/free-port.ts";
import { hastened } from "./hasten.ts";

const DASHBOARDS = fileURLToPath(new URL("../../../dashboards", import.meta.url));

/** Nobody reports coverage in a drill, and it would be told that nobody does. */
const NOT_HERE = "-coverage.yml";

/** Four times this is how long an alert is believed in without being heard of: enough for a machine that is busy. */
const RESEND_AFTER = "3s";

/** How soon the end of something is told; ours is 5m, and a drill waits for three ends. */
const GROUP_INTERVAL = "1m30s";

/** Where Grafana would be: nobody asks it, its address stands in the links. */
export const GRAFANA = "http://grafana.test";

/** How Prometheus and Alertmanager are set up for a drill. */
export interface MonitoringOptions {
  readonly folder: string;
  /** Which of the two Prometheus versions. */
  readonly version: "2.42" | "3.x";
  readonly serviceUrl: string;
  /** Stands for every receiver; its path is the receiver's name. */
  readonly receiverUrl: string;
  /** How many times quicker than an operator's everything is. */
  readonly factor: number;
}

/** A real Prometheus with our rules and a real Alertmanager with our routes. */
export interface Monitoring {
  /** The alerts that Alertmanager knows. */
  alerts(): Promise<KnownAlert[]>;
  stop(): Promise<void>;
}

const knownAlerts = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    status: z.object({ state: z.string(), inhibitedBy: z.array(z.string()) }),
  }),
);

export type KnownAlert = z.infer<typeof knownAlerts>[number];

/** Starts both; each is ready when this resolves. */
export async function startMonitoring(options: MonitoringOptions): Promise<Monitoring> {
  const alertmanagerUrl = `http://127.0.0.1:${await freePort()}`;
  const prometheusUrl = `http://127.0.0.1:${await freePort()}`;
  const alertmanager = await startAlertmanager(options, alertmanagerUrl);
  try {
    const prometheus = await startPrometheus(options, prometheusUrl, alertmanagerUrl);
    return {
      async alerts() {
        const answer = await fetch(`${alertmanagerUrl}/api/v2/alerts`);
        return knownAlerts.parse(await answer.json());
      },
      async stop() {
        await prometheus.stop();
        await alertmanager.stop();
      },
    };
  } catch (error) {
    await alertmanager.stop();
    throw error;
  }
}

async function startAlertmanager(options: MonitoringOptions, url: string) {
  const { folder, receiverUrl, factor } = options;
  const home = join(folder, "alertmanager");
  await mkdir(home);
  const config = alertmanagerFile.parse(
    parse(await readFile(join(DASHBOARDS, "alertmanager/alertmanager.yml"), "utf8")),
  );
  const receivers = config.receivers.map((receiver) => standIn(receiver, receiverUrl));
  // Texts of mails and chats are not sent to a webhook.
  const { global: _global, templates: _templates, ...rest } = config;
  const file = join(home, "alertmanager.yml");
  const route = { ...rest.route, group_interval: GROUP_INTERVAL };
  await writeFile(file, stringify(hastened({ ...rest, route, receivers }, factor)));
  return startChild(
    `${programs().alertmanager["0.25"]}/prometheus-alertmanager`,
    [
      `--config.file=${file}`,
      `--storage.path=${join(home, "data")}`,
      `--web.listen-address=${new URL(url).host}`,
      "--cluster.listen-address=",
    ],
    `${url}/-/ready`,
  );
}

const alertmanagerFile = z.looseObject({
  global: z.unknown().optional(),
  templates: z.unknown().optional(),
  route: z.looseObject({}),
  receivers: z.array(z.looseObject({ name: z.string() })),
});

/** A receiver that tells the stand-in, whatever it would tell; one that tells nobody still does not. */
function standIn({ name, ...channels }: { readonly name: string }, receiverUrl: string) {
  if (Object.keys(channels).length === 0) return { name };
  const url = `${receiverUrl}/${encodeURIComponent(name)}`;
  return { name, webhook_configs: [{ url, send_resolved: true }] };
}

async function startPrometheus(options: MonitoringOptions, url: string, alertmanagerUrl: string) {
  const { folder, version, serviceUrl, factor } = options;
  const home = join(folder, "prometheus");
  for (const [path, content] of generatedFiles({ service: serviceUrl, grafana: GRAFANA })) {
    if (!path.startsWith("prometheus/rules/") || path.endsWith(NOT_HERE)) continue;
    const file = join(home, path.slice("prometheus/".length));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, stringify(hastened(parse(content), factor)));
  }
  const self = new URL(url).host;
  const file = join(home, "prometheus.yml");
  const scraped = { service: new URL(serviceUrl).host, self, alertmanager: alertmanagerUrl };
  await writeFile(file, stringify(hastened(prometheusConfig(scraped), factor)));
  return startChild(
    `${programs().prometheus[version]}/prometheus`,
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(home, "data")}`,
      `--web.listen-address=${self}`,
      // What fires before Prometheus has found its Alertmanager is told at the second try.
      `--rules.alert.resend-delay=${RESEND_AFTER}`,
    ],
    `${url}/-/ready`,
  );
}

/** The jobs under the names that rules and dashboards know, at the pace of an operator's. */
function prometheusConfig(scraped: { service: string; self: string; alertmanager: string }) {
  const { host: alertmanager } = new URL(scraped.alertmanager);
  const job = (name: string, target: string, path: string, interval = "30s") => ({
    job_name: name,
    honor_labels: true,
    metrics_path: path,
    scrape_interval: interval,
    scrape_timeout: interval,
    static_configs: [{ targets: [target] }],
  });
  return {
    global: { scrape_interval: "30s", scrape_timeout: "30s", evaluation_interval: "1m" },
    rule_files: ["rules/*.yml"],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] },
    scrape_configs: [
      job("hatangso", scraped.service, "/metrics"),
      job("hatangso-portals", scraped.service, "/metrics/portals"),
      job("hatangso-coverage", scraped.service, "/metrics/coverage", "120s"),
      job("prometheus", scraped.self, "/metrics"),
      job("alertmanager", alertmanager, "/metrics"),
    ],
  };
}
