import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { generatedFiles } from "../dashboards/generated-files.ts";
import { programs } from "../test/real/programs.ts";
import { until } from "../test/real/support/child.ts";
import { startDemo } from "../test/real/support/demo.ts";
import { parseExposition } from "../test/real/support/exposition.ts";
import { ADDRESSES, prometheusBoards } from "../test/support/dashboards/boards.ts";
import { costOf, type PanelCost } from "./queries/cost.ts";
import { type ServiceTexts, startExpositionServer } from "./queries/exposition-server.ts";
import { addHistory } from "./queries/history.ts";
import { type BenchPrometheus, startBenchPrometheus } from "./queries/prometheus.ts";
import { panelTable, type QueryReport, ruleTable } from "./queries/report.ts";
import { steadyCost } from "./queries/steady.ts";
import { createWorld } from "./queries/world.ts";

/**
 * What do dashboards and rules cost a Prometheus that watches 20,000 portals over both families? The portals are made
 * up; their series are made by the product's own store and scraped by a real Prometheus with our rules. Every query of
 * every panel is asked through its HTTP API. Tables go to stderr, JSON to stdout; exit 1 where the overview or the rules
 * exceed their limits.
 */
const { values } = parseArgs({
  options: {
    portals: { type: "string", default: "20000" },
    others: { type: "string", default: "1000" },
    /** Of scraping before anything is asked; ranges of rates are five minutes long. */
    minutes: { type: "string", default: "7" },
    prometheus: { type: "string", default: "3.x" },
    /** URL of a demo that runs already; otherwise one is started for a moment. */
    demo: { type: "string" },
  },
});

/** Of a panel of the overview, and of all groups of rules together. */
const LIMITS = { ms: 1000, samples: 2_000_000, ruleSeconds: 10 } as const;

const SCRAPED_WITHIN_MS = 180_000;
const MINUTE_MS = 60_000;

const say = (what: string) =>
  process.stderr.write(`${(performance.now() / 1000).toFixed(0).padStart(5)} s  ${what}\n`);

const version = values.prometheus === "2.42" ? "2.42" : "3.x";
const portals = Number(values.portals);
const folder = await mkdtemp(join(tmpdir(), "hatangso-queries-"));
const { texts, provinces } = await readDemo();
const world = createWorld({ portals, provinces, others: Number(values.others) });
const server = await startExpositionServer(world, portals, provinces, texts);
await writeRules();
const startedAt = Math.floor(Date.now() / 1000);
const prometheus = await startBenchPrometheus({
  folder,
  programs: programs().prometheus[version],
  serviceUrl: server.url,
});
try {
  await until("every target is up", SCRAPED_WITHIN_MS, () => allUp(prometheus));
  say(`Prometheus ${version} scrapes ${portals} portals for ${values.minutes} minutes`);
  await sleep(Number(values.minutes) * MINUTE_MS);
  const steady = await steadyCost(prometheus);
  say(`rules take ${steady.ruleSeconds.toFixed(1)} s, all of it ${steady.cores.toFixed(2)} cores`);
  const programsOf = programs().prometheus[version];
  const history = await addHistory(prometheus, programsOf, folder, startedAt - 60);
  say(`${history.series} recorded series have a past of ${history.samples} samples`);
  const panels = await panelCosts(prometheus);
  const report = { prometheus: version, portals, history, ...steady, panels };
  process.stderr.write(`${panelTable(report.panels, LIMITS)}\n${ruleTable(report.rules)}`);
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = isPassed(report) ? 0 : 1;
} finally {
  await prometheus.stop();
  await server.close();
  await rm(folder, { recursive: true });
}

async function panelCosts(prometheus: BenchPrometheus): Promise<PanelCost[]> {
  const panels: PanelCost[] = [];
  for (const file of prometheusBoards().filter(({ path }) => path.includes("/en/"))) {
    say(file.path);
    panels.push(...(await costOf(file, prometheus)));
  }
  return panels;
}

function isPassed({ panels, ruleSeconds, failedScrapes }: QueryReport): boolean {
  const overview = panels.filter(({ board }) => board === "overview");
  const isCheap = ({ ms, samples }: PanelCost) => ms < LIMITS.ms && samples <= LIMITS.samples;
  return (
    overview.length > 0 &&
    overview.every(isCheap) &&
    ruleSeconds < LIMITS.ruleSeconds &&
    failedScrapes === 0
  );
}

/** What a service exposes beside portals, with coverage figures that are made up, and the provinces in them. */
async function readDemo(): Promise<{ texts: ServiceTexts; provinces: string[] }> {
  const started = values.demo === undefined ? await startDemo() : null;
  const read = async (path: string) =>
    (await fetch(`${values.demo ?? started?.url}${path}`)).text();
  try {
    const coverage = await until("the demo has coverage figures", MINUTE_MS, async () => {
      const text = await read("/metrics/coverage");
      return text.includes("coverage_unit_info{") ? text : null;
    });
    const provinces = parseExposition(coverage)
      .filter(({ name, labels }) => name === "coverage_unit_info" && labels.level === "province")
      .map(({ labels }) => labels.unit ?? "");
    return { texts: { service: await read("/metrics"), coverage }, provinces };
  } finally {
    await started?.stop();
  }
}

async function writeRules(): Promise<void> {
  await mkdir(join(folder, "rules"));
  for (const [path, content] of generatedFiles(ADDRESSES)) {
    if (!path.startsWith("prometheus/rules/")) continue;
    await writeFile(join(folder, path.slice("prometheus/".length)), content);
  }
}

async function allUp({ targets }: BenchPrometheus): Promise<true | null> {
  const all = await targets();
  const faults = all.filter(({ health }) => health === "down");
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  return all.length > 0 && all.every(({ health }) => health === "up") ? true : null;
}
