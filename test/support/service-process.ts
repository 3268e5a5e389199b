import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const SCALE_LAB = fileURLToPath(new URL("../../lab/scale-main.ts", import.meta.url));

/** Longest wait for a service to say that it runs; a first start makes a database. */
const START_WITHIN_MS = 60_000;

/** A service in a process of its own, as an operator runs it. */
export interface ServiceProcess {
  readonly url: string;
  readonly pid: number;
  /** All that it wrote on stderr so far. */
  stderr(): string;
  /** SIGTERM, and its exit code; the code alone if it has ended already. */
  stop(): Promise<number | null>;
  /** Sends a signal and does not wait. */
  signal(name: NodeJS.Signals): void;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** What runs beside this process ends with it, also when it ends by an error. */
const beside = new Set<ChildProcess>();
process.on("exit", () => beside.forEach((child) => child.kill("SIGKILL")));

function besideUs<Child extends ChildProcess>(child: Child): Child {
  beside.add(child);
  child.once("exit", () => beside.delete(child));
  return child;
}

/** Starts `hatangso serve` (or another command that serves) and resolves when it runs; throws if it ends before. */
export async function startServiceProcess(
  env: Record<string, string>,
  command = "serve",
): Promise<ServiceProcess> {
  const child = besideUs(
    spawn(process.execPath, [CLI, command], {
      env: { PATH: process.env["PATH"], PORT: "0", LOG_LEVEL: "warn", ...env },
      stdio: ["ignore", "ignore", "pipe"],
    }),
  );
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  const url = await Promise.race([
    saysUrl(child, () => text),
    once(child, "exit").then(([code]) => {
      throw new Error(`The service ended at its start (${String(code)}): ${text}`);
    }),
    deadline(() => text),
  ]).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw error;
  });
  const ended = once(child, "exit");
  let asked = false;
  child.once("exit", (code, signal) => {
    if (!asked) process.stderr.write(`The service ended by itself (${code ?? signal}): ${text}\n`);
  });
  const send = (signal: NodeJS.Signals) => {
    asked = true;
    child.kill(signal);
  };
  const end = async (signal: NodeJS.Signals) => {
    send(signal);
    const [code] = (await ended) as [number | null];
    return code;
  };
  return {
    url,
    pid: child.pid ?? 0,
    stderr: () => text,
    stop: () => end("SIGTERM"),
    signal: send,
    kill: async () => void (await end("SIGKILL")),
  };
}

async function saysUrl(child: ChildProcess, text: () => string): Promise<string> {
  for (;;) {
    const url = /hatangso is running: (\S+)/.exec(text())?.[1];
    if (url !== undefined) return url;
    await once(child.stderr as NodeJS.ReadableStream, "data");
  }
}

async function deadline(text: () => string): Promise<never> {
  await new Promise((resolve) => {
    setTimeout(resolve, START_WITHIN_MS).unref();
  });
  throw new Error(`The service did not start in ${START_WITHIN_MS} ms: ${text()}`);
}

/** Runs a command of hatangso to its end. */
export async function runCommand(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** A portal of a lab; the scale lab's have no names. */
interface LabPortalFacts {
  readonly id: string;
  readonly url: string;
  readonly host: string;
  readonly nameVi?: string;
  readonly nameEn?: string;
}

/** What the scale lab's process prints of itself. */
export interface ScaleLabFacts {
  readonly dnsServer: string;
  readonly caPem: string;
  readonly allowedNetworks: string;
  readonly anchors: readonly string[];
  readonly portals: readonly LabPortalFacts[];
  /** Of the scale lab alone. */
  readonly control?: LabPortalFacts;
  /** Of lab/scale-control.ts. */
  readonly controlUrl: string;
}

/** Many healthy portals in a process of their own, so that killing the service does not touch them; `flags` of its own. */
export async function startScaleLabProcess(
  portals: number,
  flags: readonly string[] = [],
): Promise<{ facts: ScaleLabFacts; stop: () => Promise<void> }> {
  const child = besideUs(
    spawn(process.execPath, [SCALE_LAB, "--portals", String(portals), ...flags], {
      env: { PATH: process.env["PATH"] },
      stdio: ["ignore", "pipe", "inherit"],
    }),
  );
  let text = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  const stop = async () => {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  };
  return { facts: JSON.parse(text) as ScaleLabFacts, stop };
}
