import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runProgram } from "../../support/run-program.ts";
import { startDashboardPrometheus } from "./dashboard-prometheus.ts";
import { madeUpWeek, type Week } from "./history.ts";
import type { Places } from "./prometheus-config.ts";

const RULES = fileURLToPath(new URL("../../../dashboards/prometheus/rules", import.meta.url));

/** What rules record is made for the last hours only: promtool writes a block per rule and two hours. */
const RECORDED_SECONDS = 12 * 3600;

/** Blocks of Prometheus with a made-up week, what our rules record of its end too. */
export interface Past {
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

/** Makes the blocks with `promtool` of this folder: the week first, then what the rules record of its end. */
export async function makePast(
  folder: string,
  week: Week,
  places: Omit<Places, "prometheus">,
): Promise<Past> {
  const home = await mkdtemp(join(tmpdir(), "hatangso-past-"));
  const blocks = join(home, "blocks");
  const text = join(home, "week.txt");
  await writeFile(text, madeUpWeek(week));
  await promtool(folder, [
    "tsdb",
    "create-blocks-from",
    "openmetrics",
    "--quiet",
    "--max-block-duration=720h",
    text,
    blocks,
  ]);
  await rm(text);
  const record = (files: readonly string[]) => recordPast(folder, files, { week, places, blocks });
  const files = readdirSync(RULES).map((name) => join(RULES, name));
  await record(files);
  // Rules about what other rules record find it only now.
  await record(files.filter((file) => /expr: .*\w:\w+:\w/.test(readFileSync(file, "utf8"))));
  return { folder: blocks, remove: () => rm(home, { recursive: true }) };
}

async function recordPast(
  folder: string,
  files: readonly string[],
  options: { week: Week; places: Omit<Places, "prometheus">; blocks: string },
): Promise<void> {
  const { week, places, blocks } = options;
  const prometheus = await startDashboardPrometheus({ folder, places, blocks, scraping: false });
  try {
    await promtool(folder, [
      "tsdb",
      "create-blocks-from",
      "rules",
      `--start=${week.end - RECORDED_SECONDS}`,
      `--end=${week.end}`,
      "--eval-interval=2m",
      `--url=${prometheus.url}`,
      `--output-dir=${blocks}`,
      ...files,
    ]);
  } finally {
    await prometheus.stop();
  }
}

async function promtool(folder: string, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await runProgram(`${folder}/promtool`, args);
  if (code !== 0) throw new Error(`promtool ${args.join(" ")}:\n${stdout}${stderr}`);
}
