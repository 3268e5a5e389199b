import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { freePort } from "../../test/support/free-port.ts";
import { until } from "../../test/real/support/child.ts";
import { someAtATime } from "../kit/at-once.ts";
import { processCost } from "../kit/process-cost.ts";

const run = promisify(execFile);

/** A blackbox_exporter that asks one URL as often as it is told to. */
export interface BlackboxPeer {
  readonly version: string;
  /** CPU milliseconds of its whole process for each of so many probes, some at a time. */
  cpuMsPerProbe(url: string, probes: number): Promise<number>;
  stop(): Promise<void>;
}

/** So many requests are under way at once, as many scrapes would be. */
const AT_ONCE = 16;

/** Starts it; null where it is not installed. */
export async function startBlackboxPeer(caFile: string): Promise<BlackboxPeer | null> {
  const program = process.env["BLACKBOX_EXPORTER"] ?? "prometheus-blackbox-exporter";
  const version = await versionOf(program, ["--version"], /version ([\d.]+)/);
  if (version === null) return null;
  const folder = await mkdtemp(join(tmpdir(), "hatangso-blackbox-"));
  const file = join(folder, "blackbox.yml");
  await writeFile(file, configuration(caFile));
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(
    "setpriv",
    [
      "--pdeathsig=KILL",
      "--",
      program,
      `--config.file=${file}`,
      `--web.listen-address=${url.slice(7)}`,
    ],
    { stdio: "ignore" },
  );
  await until("blackbox_exporter is ready", 10_000, () =>
    fetch(`${url}/-/healthy`).then(
      () => true as const,
      () => null,
    ),
  );
  return {
    version,
    cpuMsPerProbe: (target, probes) =>
      measure(child, `${url}/probe?target=${encodeURIComponent(target)}&module=light`, probes),
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

function configuration(caFile: string): string {
  return `modules:
  light:
    prober: http
    timeout: 5s
    http:
      preferred_ip_protocol: ip4
      tls_config:
        ca_file: ${caFile}
`;
}

async function measure(child: ChildProcess, url: string, probes: number): Promise<number> {
  const pid = child.pid ?? 0;
  const before = await processCost(pid);
  await someAtATime(probes, AT_ONCE, async () => {
    const text = await (await fetch(url)).text();
    if (!text.includes("probe_success 1")) throw new Error(`blackbox_exporter failed: ${text}`);
  });
  return ((await processCost(pid)).cpuMs - before.cpuMs) / probes;
}

/** CPU milliseconds of `openssl s_time` for each handshake and GET, over so many seconds. */
export async function opensslCpuMs(port: number, caFile: string, seconds: number): Promise<number> {
  const asked = `openssl s_time -connect 127.0.0.1:${port} -CAfile ${caFile} -www / -new -time ${seconds}`;
  const { stdout, stderr } = await run("bash", ["-c", `TIMEFORMAT='cpu %U %S'; time ${asked}`]);
  const connections = Number(/(\d+) connections in/.exec(stdout)?.[1] ?? Number.NaN);
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
  return ((Number(user) + Number(system)) * 1000) / connections;
}

/** The version that a program says of itself, null where it is not installed. */
export async function versionOf(
  program: string,
  args: readonly string[],
  found: RegExp,
): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(program, args);
    return found.exec(stdout + stderr)?.[1] ?? "unknown";
  } catch {
    return null;
  }
}
