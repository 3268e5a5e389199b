import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { z } from "zod";
import type { Database } from "../../src/store/database.ts";
import { hastened } from "../drills/alerts/hasten.ts";
import { type AppServer, startApp } from "../http/support/app-server.ts";
import { openTestDatabase } from "../support/database.ts";
import { readRoot, ROOT } from "../support/deployment.ts";
import { freePort } from "../support/free-port.ts";
import { programs } from "./programs.ts";
import { type Child, inFolder, startChild, until } from "./support/child.ts";

let opened: { db: Database; close: () => Promise<void> };
let app: AppServer;
beforeAll(async () => {
  opened = await openTestDatabase();
  // As compose.yaml has it: people reach it at another address than Prometheus does.
  app = await startApp(opened.db, { publicUrl: "https://hatangso.example" });
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

const targets = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({
        scrapePool: z.string(),
        scrapeUrl: z.string(),
        health: z.string(),
        lastError: z.string(),
      }),
    ),
  }),
});

/** Starts Prometheus with our file, thirty times as quick, where only the two addresses are others. */
function startPrometheus(folder: string, url: string): Promise<Child> {
  const own = new URL(url).host;
  const text = readRoot("dashboards/prometheus/prometheus.yml")
    .replaceAll("hatangso:8080", new URL(app.url).host)
    .replaceAll(/alertmanager:9093|localhost:9090/g, own)
    .replace("rules/*.yml", `${ROOT}dashboards/prometheus/rules/*.yml`);
  return inFolder("discovery", async (home) => {
    const file = join(home, "prometheus.yml");
    const quick = hastened(parse(text) as object, 30);
    await writeFile(file, stringify(quick, { aliasDuplicateObjects: false }));
    return startChild(
      `${folder}/prometheus`,
      [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(home, "data")}`,
        `--web.listen-address=${own}`,
        "--enable-feature=extra-scrape-metrics",
      ],
      `${url}/-/ready`,
    );
  });
}

describe.each(Object.entries(programs().prometheus))("Prometheus %s", (_version, folder) => {
  let url: string;
  let prometheus: Child;
  beforeAll(async () => {
    url = `http://127.0.0.1:${await freePort()}`;
    prometheus = await startPrometheus(folder, url);
  });
  afterAll(async () => {
    await prometheus?.stop();
  });

  test("finds each of the three endpoints through the service, once, and scrapes it within its limits", async () => {
    const found = await until("every target scraped", 60_000, async () => {
      const answer: unknown = await (await fetch(`${url}/api/v1/targets`)).json();
      const { activeTargets } = targets.parse(answer).data;
      const own = activeTargets.filter(({ scrapePool }) => scrapePool.startsWith("hatangso"));
      return own.length > 0 && own.every(({ health }) => health !== "unknown") ? own : null;
    });
    const seen = found.map(({ scrapePool, scrapeUrl, lastError }) => ({
      [scrapePool]: scrapeUrl,
      lastError,
    }));
    expect(seen).toHaveLength(3);
    expect(seen).toEqual(
      expect.arrayContaining([
        { hatangso: `${app.url}/metrics`, lastError: "" },
        { "hatangso-portals": `${app.url}/metrics/portals`, lastError: "" },
        { "hatangso-coverage": `${app.url}/metrics/coverage`, lastError: "" },
      ]),
    );
  });

  test("tells the limit of samples of each job, by which an alert speaks before it stops a scrape", async () => {
    const query = 'scrape_sample_limit{job=~"hatangso.*"}';
    const ask = async () => {
      const asked = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query }).toString()}`);
      return (await asked.json()) as { data: { result: { metric: { job: string } }[] } };
    };
    const told = await until("the limits", 30_000, async () => {
      const { result } = (await ask()).data;
      return result.length === 3 ? result : null;
    });
    expect(new Set(told.map(({ metric }) => metric.job))).toEqual(
      new Set(["hatangso", "hatangso-portals", "hatangso-coverage"]),
    );
  });
});
