import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Lab } from "../../lab/index.ts";

/** What the lab's process says of itself: the lab without its functions. */
export type LabFacts = Pick<
  Lab,
  | "dnsServer"
  | "rootHints"
  | "authorityPort"
  | "httpPort"
  | "caPem"
  | "allowedNetworks"
  | "portals"
  | "ip6"
>;

/** A lab in a process of its own, so that what it costs is not counted as ours. */
export interface LabProcess {
  readonly facts: LabFacts;
  readonly stop: () => Promise<void>;
}

/** Starts it with these portals; everything listens when this resolves. */
export async function startLabProcess(only: readonly string[]): Promise<LabProcess> {
  const program = new URL("../../lab/main.ts", import.meta.url).pathname;
  const flags = only.flatMap((id) => ["--only", id]);
  const child = spawn(process.execPath, [program, ...flags], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const exited = once(child, "exit");
  // Also when we end by an error.
  process.once("exit", () => child.kill());
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    return { facts: JSON.parse(line) as LabFacts, stop };
  }
  throw new Error("The lab ended before it was ready");
}
