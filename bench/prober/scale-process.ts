import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A portal of the scale lab. */
export interface ScalePortal {
  readonly id: string;
  readonly url: string;
  readonly host: string;
}

/** The scale lab in a process of its own, so that its CPU is not counted as the prober's. */
export interface ScaleProcess {
  readonly dnsServer: string;
  readonly caPem: string;
  readonly allowedNetworks: string;
  readonly anchors: readonly string[];
  readonly portals: readonly ScalePortal[];
  readonly control: ScalePortal;
  readonly stop: () => Promise<void>;
}

/** Starts it with so many portals over so many IPv4 addresses; everything listens when this resolves. */
export async function startScaleProcess(portals: number, addresses: number): Promise<ScaleProcess> {
  const program = new URL("../../lab/scale-main.ts", import.meta.url).pathname;
  const flags = ["--portals", String(portals), "--addresses", String(addresses)];
  const child = spawn(process.execPath, [program, ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    return { ...(JSON.parse(line) as Omit<ScaleProcess, "stop">), stop };
  }
  throw new Error("The scale lab ended before it was ready");
}
