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

/** Audits walk from here, so that none of their questions leaves this machine. */
const ROOT_HINTS = ". 3600 NS root.test.\nroot.test. 3600 A 127.0.0.1\n";

/** As what the lab's portals are registered. */
interface Registering {
  /** The code of the agency that answers for a portal. */
  readonly agencyOf: (portal: string) => string;
  /** What kind of body that is; with `province` the code is a province's. */
  readonly ownerType?: string;
}

/** What differs from portals that share addresses and one agency. */
interface GroundChanges extends Partial<Registering> {
  /** Flags for the lab's process. */
  readonly labFlags?: readonly string[];
}

/** Prepares a drill on a lab of its own; `end` removes everything. */
export async function prepareDrill(
  portals: number,
  intervalSeconds: number,
  { labFlags = [], agencyOf = () => "drill", ...rest }: GroundChanges = {},
): Promise<DrillGround> {
  const { facts: lab, stop } = await startScaleLabProcess(portals, labFlags);
  return groundOf({ lab, stop }, intervalSeconds, { agencyOf, ...rest });
}

/** The ground in a lab that runs already; `end` stops it too. */
export async function groundOf(
  { lab, stop }: { readonly lab: ScaleLabFacts; readonly stop: () => Promise<void> },
  intervalSeconds: number,
  registering: Registering,
): Promise<DrillGround> {
  const folder = await mkdtemp(join(tmpdir(), "hatangso-drill-"));
  const ca = join(folder, "ca.pem");
  await writeFile(ca, lab.caPem);
  const portalsFile = join(folder, "portals.csv");
  await writeFile(portalsFile, toCsv(lab, registering));
  const rootHints = join(folder, "root-hints");
  await writeFile(rootHints, ROOT_HINTS);
  const env = {
    DATA_DIR: join(folder, "data"),
    DNS_SERVERS: lab.dnsServer,
    DNS_ROOT_HINTS: rootHints,
    DNS_AUTHORITY_PORT: lab.dnsServer.split(":").at(-1) ?? "",
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

function toCsv(lab: ScaleLabFacts, registering: Registering): string {
  const { agencyOf, ownerType = "made-up" } = registering;
  const header =
    "id,url,host,name_vi,name_en,kind,owner_type,owner_code,owner_name_vi,status,source";
  const rows = lab.portals.map(
    ({ id, url, host, nameVi = `${id} (bịa)`, nameEn = `${id} (made up)` }) =>
      `${id},${url},${host},"${nameVi}","${nameEn}",portal,${ownerType},${agencyOf(id)},Cơ quan bịa ${agencyOf(id)},current,made up for a drill`,
  );
  return [header, ...rows, ""].join("\n");
}

/** Retires the portals that the product seeds, so that a drill probes nothing but its lab; then adds the lab's. */
export async function registerLab({ env, portalsFile }: DrillGround): Promise<void> {
  const done = await runCommand(["portals", "import", portalsFile], env);
  if (done.code !== 0) throw new Error(`The lab's portals were refused: ${done.stderr}`);
}

/** Tells the lab something through its control API; `path` is that of lab/scale-control.ts. */
export async function tellLab({ lab }: DrillGround, path: string, body: object): Promise<void> {
  const url = `${lab.controlUrl}/${path}`;
  const { status } = await fetch(url, { method: "PUT", body: JSON.stringify(body) });
  if (status !== 200) throw new Error(`The lab said ${status} to ${path}`);
}

/** Says on stderr what a drill does next, and how long it has been at it. */
export function say(what: string): void {
  process.stderr.write(`${performance.now().toFixed(0).padStart(7)} ms  ${what}\n`);
}

/** One promise of a drill, and whether it was kept. */
export interface Promised {
  readonly promise: string;
  readonly kept: boolean;
}

/** Prints what a drill found, each promise, and last "N passed, N failed"; sets the exit code. */
export function concludePromises(
  name: string,
  findings: Record<string, unknown>,
  promises: readonly Promised[],
): void {
  process.stdout.write(`${JSON.stringify({ drill: name, ...findings }, null, 2)}\n`);
  for (const { promise, kept } of promises) {
    process.stderr.write(`${kept ? "  kept   " : "  BROKEN "} ${promise}\n`);
  }
  const broken = promises.filter(({ kept }) => !kept).length;
  process.stderr.write(`${name}: ${promises.length - broken} passed, ${broken} failed\n`);
  process.exitCode = broken === 0 ? 0 : 1;
}

/** Prints a table of what the drill found and sets the exit code. */
export function conclude(name: string, findings: Record<string, unknown>, faults: string[]): void {
  process.stdout.write(`${JSON.stringify({ drill: name, ...findings, faults }, null, 2)}\n`);
  process.stderr.write(faults.length === 0 ? `${name}: passed\n` : `${name}: FAILED\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
