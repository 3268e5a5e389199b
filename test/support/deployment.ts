import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";

/** The checkout, with a slash at the end. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const composeService = z.looseObject({
  image: z.string().optional(),
  build: z.string().optional(),
  restart: z.string().optional(),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  deploy: z
    .object({
      resources: z.object({ limits: z.object({ cpus: z.string(), memory: z.string() }) }),
    })
    .optional(),
});

const composeFile = z.object({
  services: z.record(z.string(), composeService),
  networks: z.record(z.string(), z.looseObject({ internal: z.boolean().optional() })).default({}),
  volumes: z.record(z.string(), z.null()).default({}),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })).default({}),
});

/** A compose file as far as the tests read it. */
export type ComposeFile = z.infer<typeof composeFile>;

/** The content of a file of the checkout. */
export function readRoot(path: string): string {
  return readFileSync(`${ROOT}${path}`, "utf8");
}

/** A YAML file of the checkout, with its merge keys resolved; nothing is known of its shape. */
function readYaml(path: string): unknown {
  return parse(readRoot(path), { merge: true });
}

/** A compose file of the checkout. */
export function readCompose(path: string): ComposeFile {
  return composeFile.parse(readYaml(path));
}

/** What a volume binds: a path of the checkout (else null: a named volume), where to, and whether it can be written. */
export function mountOf(volume: string): {
  host: string | null;
  inside: string;
  writable: boolean;
} {
  const [source = "", inside = "", mode] = volume.split(":");
  return { host: source.startsWith("./") ? source : null, inside, writable: mode !== "ro" };
}

const scrapeJob = z.looseObject({
  job_name: z.string(),
  honor_labels: z.boolean().default(false),
  metrics_path: z.string().default("/metrics"),
  scrape_interval: z.string().optional(),
  scrape_timeout: z.string().optional(),
  sample_limit: z.number().optional(),
  body_size_limit: z.string().optional(),
  label_limit: z.number().optional(),
  http_sd_configs: z.array(z.looseObject({ url: z.string() })).optional(),
  static_configs: z.array(z.object({ targets: z.array(z.string()) })).optional(),
  relabel_configs: z
    .array(z.looseObject({ regex: z.string(), source_labels: z.array(z.string()) }))
    .optional(),
});

const prometheusFile = z.looseObject({
  global: z.object({
    scrape_interval: z.string(),
    scrape_timeout: z.string(),
    evaluation_interval: z.string(),
  }),
  rule_files: z.array(z.string()),
  scrape_configs: z.array(scrapeJob),
});

/** A configuration of Prometheus as far as the tests read it. */
export type PrometheusFile = z.infer<typeof prometheusFile>;

/** A configuration of Prometheus in dashboards/prometheus. */
export function readPrometheus(name: string): PrometheusFile {
  return prometheusFile.parse(readYaml(`dashboards/prometheus/${name}`));
}

const provisionedSources = z.object({
  apiVersion: z.literal(1),
  datasources: z.array(
    z.looseObject({
      uid: z.string(),
      type: z.string(),
      url: z.string(),
      editable: z.boolean(),
      jsonData: z.record(z.string(), z.unknown()).default({}),
      secureJsonData: z.record(z.string(), z.string()).default({}),
    }),
  ),
});

const provisionedFolders = z.object({
  apiVersion: z.literal(1),
  providers: z.array(
    z.looseObject({
      name: z.string(),
      type: z.literal("file"),
      folder: z.string(),
      folderUid: z.string(),
      disableDeletion: z.boolean(),
      allowUiUpdates: z.boolean(),
      options: z.object({ path: z.string() }),
    }),
  ),
});

/** The data sources of a file in dashboards/grafana/provisioning/datasources. */
export function readDataSources(name: string) {
  const path = `dashboards/grafana/provisioning/datasources/${name}`;
  return provisionedSources.parse(readYaml(path)).datasources;
}

/** The folders of dashboards of a file in dashboards/grafana/provisioning/dashboards. */
export function readProviders(name: string) {
  const path = `dashboards/grafana/provisioning/dashboards/${name}`;
  return provisionedFolders.parse(readYaml(path)).providers;
}
