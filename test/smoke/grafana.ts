/**
 * `npm run grafana-smoke`, for those who have Docker: starts compose.yaml with the demo instead of real portals, waits
 * until Grafana has data, and asks it every query of every panel. Ends with exit code 1 and a line per fault if a
 * dashboard or data source is not there as generated, a query fails, or Grafana complained of provisioning.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readDataSources, ROOT } from "../support/deployment.ts";
import { prometheusBoards } from "../support/dashboards/boards.ts";
import { freePort } from "../support/free-port.ts";
import { until } from "../real/support/child.ts";
import { type Grafana, grafanaAt } from "./grafana-client.ts";
import { provisioningComplaints } from "./log.ts";
import { walk } from "./walk.ts";

/** Images are there by then: a first scrape, a first evaluation of the rules, and a portal probed. */
const DATA_WITHIN_MS = 300_000;

const secrets = join(tmpdir(), `hatangso-smoke-${process.pid}`);
const port = await freePort();
const env = { ...process.env, SMOKE_SECRETS: secrets, SMOKE_PORT: String(port) };

/** Runs a program to its end and gives what it printed if that is to be read; throws unless it went well. */
function run(program: string, args: readonly string[], stdout: "inherit" | "pipe" = "inherit") {
  const ran = spawnSync(program, args, {
    cwd: ROOT,
    env,
    encoding: "utf8",
    stdio: ["ignore", stdout, "inherit"],
    maxBuffer: 256 * 1024 * 1024,
  });
  if (ran.error) throw new Error(`${program} cannot be run`, { cause: ran.error });
  if (ran.status !== 0) throw new Error(`${program} ${args.join(" ")}: exit code ${ran.status}`);
  return ran.stdout ?? "";
}

const FILES = ["--file", "compose.yaml", "--file", "test/smoke/compose.yaml"];
const compose = (args: readonly string[], stdout?: "pipe") =>
  run("docker", ["compose", "--project-name", "hatangso-smoke", ...FILES, ...args], stdout);

async function hasData(grafana: Grafana): Promise<true | null> {
  const portals = await grafana.labelValues("prometheus", "agency:portals:count", "agency");
  return portals.length > 0 ? true : null;
}

async function look(): Promise<string[]> {
  const password = readFileSync(join(secrets, "grafana-admin-password"), "utf8").trim();
  const grafana = grafanaAt(`http://127.0.0.1:${port}`, "admin", password);
  await until("Grafana's health", 60_000, async () => ((await grafana.isHealthy()) ? true : null));
  await until("counted portals", DATA_WITHIN_MS, () => hasData(grafana));
  const faults: string[] = [];
  for (const { uid, type } of readDataSources("monitoring.yaml")) {
    const found = await grafana.dataSourceType(uid);
    if (found !== type) faults.push(`data source ${uid}: ${found ?? "is not there"}`);
  }
  const walked = await walk(
    grafana,
    prometheusBoards().map(({ board }) => board),
  );
  faults.push(...walked.faults, ...provisioningComplaints(compose(["logs", "grafana"], "pipe")));
  for (const place of walked.empty) console.log(`empty: ${place}`);
  console.log(`${walked.asked} queries answered, ${walked.empty.length} panels empty`);
  return faults;
}

// Said in Docker's own words where there is no engine, before anything is made.
run("docker", ["version", "--format", "Docker {{.Server.Version}}"]);
try {
  run("sh", ["docs/deployment/make-secrets.sh", secrets]);
  compose(["up", "--build", "--detach", "--wait"]);
  const faults = await look();
  for (const fault of faults) console.error(`FAULT ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} catch (error) {
  compose(["logs", "--tail", "30"]);
  throw error;
} finally {
  rmSync(secrets, { recursive: true, force: true });
  compose(["down", "--volumes", "--remove-orphans"]);
}
