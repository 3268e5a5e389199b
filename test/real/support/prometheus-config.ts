import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";

const FOLDER = fileURLToPath(new URL("../../../dashboards/prometheus/", import.meta.url));

/** Where the parts of an installation are here, as `host:port`. */
export interface Places {
  readonly service: string;
  readonly prometheus: string;
  readonly alertmanager: string;
}

/** Often enough that a suite sees several scrapes and evaluations, and slow enough for a laptop. */
export const INTERVAL = "5s";

/** A scrape job of the configuration, as far as it is changed here. */
interface Job {
  readonly job_name: string;
  readonly [setting: string]: unknown;
}

interface Config {
  readonly scrape_configs: readonly Job[];
  readonly [section: string]: unknown;
}

/**
 * Our own Prometheus configuration with other addresses and shorter intervals; jobs, paths, labels and limits are
 * those that operators get. Without jobs it only answers queries and evaluates nothing.
 */
export function configFor(places: Places, options: { readonly scraping: boolean }): string {
  const config = parse(readFileSync(`${FOLDER}prometheus.yml`, "utf8")) as Config;
  const jobs = config.scrape_configs.map((job) => adapted(job, places));
  return stringify({
    global: { scrape_interval: INTERVAL, scrape_timeout: INTERVAL, evaluation_interval: INTERVAL },
    rule_files: options.scraping ? ["rules/*.yml"] : [],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [places.alertmanager] }] }] },
    scrape_configs: options.scraping ? jobs : [],
  });
}

/** The same job at the addresses of here. */
function adapted(job: Job, { service, prometheus, alertmanager }: Places): Job {
  const { scrape_interval: _, scrape_timeout: __, ...kept } = job;
  const own = { prometheus, alertmanager }[job.job_name];
  if (own !== undefined) return { ...kept, static_configs: [{ targets: [own] }] };
  const http_sd_configs = [
    { url: `http://${service}/prometheus/targets`, refresh_interval: INTERVAL },
  ];
  return { ...kept, http_sd_configs };
}
