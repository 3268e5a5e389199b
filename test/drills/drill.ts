import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  runCommand,
  type ScaleLabFacts,
  startScaleLabProcess,
} from "../support/service-process.ts";

/** A folder, a lab of healthy portals and the environment that points a service at both. */
export interface DrillGround {
  readonly folder: string;
  readonly lab: ScaleLabFacts;
  readonly env: Record<string, string>;
  /** CSV of the lab's portals for `portals import`. */
  readonly portalsFile: string;
  end(): Promise<void>;
}

/** Prepares a drill; `end` removes everything. */
export async function prepareDrill(portals: number, intervalSeconds: number): Promise<DrillGround> {
  const folder = await mkdtemp(join(tmpdir(), "hatangso-drill-"));
  const { facts: lab, stop } = await startScaleLabProcess(portals);
  const ca = join(folder, "ca.pem");
  await writeFile(ca, lab.caPem);
  const portalsFile = join(folder, "portals.csv");
  await writeFile(portalsFile, toCsv(lab));
  const env = {
    DATA_DIR: join(folder, "data"),
    DNS_SERVERS: lab.dnsServer,
    NODE_EXTRA_CA_CERTS: ca,
    PROBE_ALLOWED_NETWORKS: lab.allowedNetworks,
    PROBE_INTERVAL_SECONDS: String(intervalSeconds),
    PROBE_TIMEOUT_MS: "1500",
    PROBE_WORKERS: "1",
    VANTAGE_ANCHORS: lab.anchors.join(","),
    VANTAGE_NAME: "drill",
  };
  const end = async () => {
    await stop();
    await rm(folder, { recursive: true });
  };
  return { folder, lab, env, portalsFile, end };
}

function toCsv(lab: ScaleLabFacts): string {
  const header =
    "id,url,host,name_vi,name_en,kind,owner_type,owner_code,owner_name_vi,status,source";
  const rows = lab.portals.map(
    ({ id, url, host }) =>
      `${id},${url},${host},${id} (bịa),${id} (made up),portal,made-up,drill,Cơ quan bịa,current,made up for a drill`,
  );
  return [header, ...rows, ""].join("\n");
}

/** Retires the portals that the product seeds, so that a drill probes nothing but its lab; then adds the lab's. */
export async function registerLab({ env, portalsFile }: DrillGround): Promise<void> {
  const done = await runCommand(["portals", "import", portalsFile], env);
  if (done.code !== 0) throw new Error(`The lab's portals were refused: ${done.stderr}`);
}

/** Prints a table of what the drill found and sets the exit code. */
export function conclude(name: string, findings: Record<string, unknown>, faults: string[]): void {
  process.stdout.write(`${JSON.stringify({ drill: name, ...findings, faults }, null, 2)}\n`);
  process.stderr.write(faults.length === 0 ? `${name}: passed\n` : `${name}: FAILED\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
