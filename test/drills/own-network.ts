import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { namespaceArguments, whyNoNamespace } from "../support/network-namespace.ts";

const execute = promisify(execFile);

/** Set for a program that runs in a network of its own already: the addresses there, joined by commas. */
const INSIDE = "DRILL_NETWORK";

/** The network that a drill runs in. */
export interface OwnNetwork {
  /** IPv6 addresses on its loopback, each in a /48 of its own; none where the drill shares the machine's network. */
  readonly ip6: readonly string[];
  /** Why the drill has no network of its own, or null. */
  readonly missing: string | null;
}

/**
 * The network for this drill; null in the process that has started the drill once more in a network of its own and
 * waited for it: that one has nothing left to do.
 */
export async function ownNetwork(addresses: number): Promise<OwnNetwork | null> {
  const inside = process.env[INSIDE];
  if (inside !== undefined) return { ip6: inside.split(","), missing: null };
  const missing = await whyNoNamespace();
  if (missing !== null) return { ip6: [], missing };
  const ip6 = Array.from({ length: addresses }, (_, i) => `fd53:0:${(i + 1).toString(16)}::1`);
  const again = [process.execPath, ...process.argv.slice(1)];
  const child = spawn("unshare", namespaceArguments(ip6, again), {
    env: { ...process.env, [INSIDE]: ip6.join(",") },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on("SIGTERM", pass).on("SIGINT", pass);
  const [code] = (await once(child, "exit")) as [number | null];
  process.exitCode = code ?? 1;
  return null;
}

/** What loses everything that is sent from these ports, silently, until it is mended. */
export interface Wire {
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/**
 * Cuts by routing: answers from these ports find no way back, so that whoever asked waits, as behind a dead uplink.
 * Needs a network of its own and a kernel with routing rules; throws where there are none.
 */
export async function routedWire(ports: readonly string[]): Promise<Wire> {
  const rules = ports.flatMap((port) =>
    ["-4", "-6"].map(
      (family) => (verb: string) =>
        execute("ip", [family, "rule", verb, "pref", "100", "sport", port, "blackhole"]),
    ),
  );
  for (const family of ["-4", "-6"]) {
    // Local addresses are looked up before any rule, unless that look-up comes later.
    await execute("ip", [family, "rule", "add", "pref", "32000", "lookup", "local"]);
    await execute("ip", [family, "rule", "del", "pref", "0", "lookup", "local"]);
  }
  const all = async (verb: string) => {
    for (const rule of rules) await rule(verb);
  };
  // Whether the kernel knows such rules is better known before the drill than in the middle of it.
  await all("add");
  await all("del");
  return { cut: () => all("add"), mend: () => all("del") };
}
