import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { RULE_GROUPS } from "../../dashboards/rules/all.ts";
import {
  mountOf,
  readCompose,
  readDataSources,
  readPrometheus,
  readProviders,
  ROOT,
} from "../support/deployment.ts";
import { allBoards, queriesOf, queryOf } from "../support/dashboards/boards.ts";

const SCRAPED = ["hatangso", "hatangso-portals", "hatangso-coverage"];
const JOBS = [...SCRAPED, "prometheus", "alertmanager"];
const discovered = readPrometheus("prometheus.yml");
const fixed = readPrometheus("prometheus.static.yml");

describe("the configurations of Prometheus", () => {
  test("both have the jobs that dashboards and rules may name, and no other", () => {
    const jobsOf = ({ scrape_configs }: typeof fixed) => scrape_configs.map((job) => job.job_name);
    expect([jobsOf(discovered), jobsOf(fixed)]).toEqual([JOBS, JOBS]);
  });

  test("they differ in how and where targets are found and in nothing else", () => {
    const text = (file: typeof fixed) =>
      JSON.stringify(file, (key, value: unknown) =>
        /^(http_sd|static|relabel)_configs$/.test(key) ? undefined : value,
      );
    expect(text(discovered)).toBe(text(fixed));
  });

  test.each(discovered.scrape_configs)("the job $job_name is bounded", (job) => {
    expect(job.sample_limit).toBeGreaterThan(0);
    if (!SCRAPED.includes(job.job_name)) return;
    expect(job).toMatchObject({
      honor_labels: true,
      body_size_limit: expect.stringMatching(/^\d+MB$/) as string,
      label_limit: expect.any(Number) as number,
      label_name_length_limit: expect.any(Number) as number,
      label_value_length_limit: expect.any(Number) as number,
    });
  });

  test("each job of the service keeps of what it discovers the targets that are its own", () => {
    for (const job of discovered.scrape_configs.filter(({ http_sd_configs }) => http_sd_configs)) {
      expect(job.http_sd_configs?.[0]?.url).toBe("http://hatangso:8080/prometheus/targets");
      expect(job.relabel_configs).toEqual([
        { source_labels: ["job"], regex: job.job_name, action: "keep" },
      ]);
    }
  });

  test("no scrape is rarer than half of what an instant query looks back", () => {
    const seconds = (interval: string) => Number(/^(\d+)s$/.exec(interval)?.[1]);
    for (const { scrape_interval = discovered.global.scrape_interval } of discovered.scrape_configs)
      expect(seconds(scrape_interval)).toBeLessThanOrEqual(150);
  });

  test("the generated rules lie where they are read", () => {
    const files = readdirSync(`${ROOT}dashboards/prometheus/rules`);
    expect(discovered.rule_files).toEqual(["rules/*.yml"]);
    expect(new Set(files)).toEqual(new Set(RULE_GROUPS.map(({ name }) => `${name}.yml`)));
  });
});

describe("jobs in queries", () => {
  /** Of selectors of `job`; what the service's own jobs are called is another label value of the same name. */
  const jobsIn = (expr: string) =>
    [...expr.matchAll(/\bjob=~?"([^"]*)"/g)].flatMap(([, jobs = ""]) => jobs.split("|"));
  /** Series whose label `job` is a job of the service. */
  const OWN_JOBS = /\bjob_(runs|duration|last)_/;

  test("dashboards and rules name only jobs that are scraped", () => {
    const ofBoards = allBoards().flatMap(({ board }) => queriesOf(board).map(({ expr }) => expr));
    const ofRules = RULE_GROUPS.flatMap(({ rules }) => rules.map(({ expr }) => expr));
    const named = [...ofBoards, ...ofRules].filter((expr) => !OWN_JOBS.test(expr)).flatMap(jobsIn);
    const known = named.filter((job) => !job.startsWith("$") && job !== "hatangso.*");
    expect(new Set(known.filter((job) => !JOBS.includes(job)))).toEqual(new Set());
  });
});

describe("what Grafana is given", () => {
  const sources = [...readDataSources("monitoring.yaml"), ...readDataSources("postgresql.yaml")];

  test("has the data sources under uids that never change, and nobody changes them in Grafana", () => {
    const seen = sources.map(({ uid, type, editable }) => ({ uid, type, editable }));
    expect(seen).toEqual([
      { uid: "prometheus", type: "prometheus", editable: false },
      { uid: "alertmanager", type: "alertmanager", editable: false },
      { uid: "hatangso-postgresql", type: "grafana-postgresql-datasource", editable: false },
    ]);
  });

  test("knows how often Prometheus scrapes, and that Alertmanager is Prometheus' own", () => {
    const [prometheus, alertmanager] = sources;
    expect(prometheus?.jsonData).toMatchObject({
      timeInterval: discovered.global.scrape_interval,
      httpMethod: "POST",
      alertmanagerUid: "alertmanager",
    });
    expect(alertmanager?.jsonData).toEqual({ implementation: "prometheus" });
  });

  test("reads the password of PostgreSQL from the file that is mounted for it", () => {
    const [secret] = readCompose("compose.sql.yaml").services["grafana"]?.secrets ?? [];
    expect(sources[2]?.secureJsonData).toEqual({ password: `$__file{/run/secrets/${secret}}` });
  });

  test("has a data source of each kind that a dashboard lets its reader choose", () => {
    const kinds = allBoards().flatMap(({ board }) =>
      board.templating.list.filter(({ type }) => type === "datasource").map(queryOf),
    );
    expect(kinds.length).toBeGreaterThan(0);
    const types = new Set(sources.map(({ type }) => type));
    expect(kinds.filter((kind) => !types.has(kind))).toEqual([]);
  });

  test.each([
    ["hatangso.yaml", "compose.yaml"],
    ["hatangso-sql.yaml", "compose.sql.yaml"],
  ])("%s names folders that %s mounts, each filled with dashboards", (providers, compose) => {
    const mounts = readCompose(compose).services["grafana"]?.volumes.map(mountOf) ?? [];
    const folders = readProviders(providers);
    for (const { options, disableDeletion, allowUiUpdates } of folders) {
      const mount = mounts.find(({ inside }) => options.path.startsWith(`${inside}/`));
      const host = `${ROOT}${mount?.host}${options.path.slice(mount?.inside.length)}`;
      expect(readdirSync(host).some((name) => name.endsWith(".json"))).toBe(true);
      expect({ disableDeletion, allowUiUpdates }).toEqual({
        disableDeletion: true,
        allowUiUpdates: false,
      });
    }
    const unique = new Set(
      folders.flatMap(({ name, folder, folderUid }) => [name, folder, folderUid]),
    );
    expect(unique.size).toBeGreaterThanOrEqual(folders.length * 2);
  });

  test("each file is mounted where Grafana looks for its kind", () => {
    const mounts = ["compose.yaml", "compose.sql.yaml"].flatMap(
      (file) => readCompose(file).services["grafana"]?.volumes.map(mountOf) ?? [],
    );
    for (const kind of ["datasources", "dashboards"]) {
      const folder = `dashboards/grafana/provisioning/${kind}`;
      const files = readdirSync(`${ROOT}${folder}`);
      const wanted = files.map((name) => [
        `./${folder}/${name}`,
        `/etc/grafana/provisioning/${kind}/${name}`,
      ]);
      for (const [host, inside] of wanted)
        expect(mounts).toContainEqual({ host, inside, writable: false });
    }
  });
});
