import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Hierarchy, PlanServer } from "../../lab/delegation/hierarchy.ts";
import { ROOT_HINTS } from "../../lab/delegation/hierarchy.ts";
import { masterFile } from "../../lab/delegation/zone-plan.ts";
import { type Signatures, type SignedZones, signZones } from "./delegation-sign.ts";
import { programs } from "./programs.ts";

/** A hierarchy played by BIND: one `named` for each server, and one that resolves on 127.0.0.1. */
export interface BindHierarchy {
  readonly stop: () => Promise<void>;
}

/**
 * Starts all servers in folders below `folder`, on port 53: a resolver can't be told another one. With signatures
 * the resolver validates.
 */
export async function startBind(
  hierarchy: Hierarchy,
  folder: string,
  signatures: Signatures | null,
): Promise<BindHierarchy> {
  const zones = hierarchy.servers.flatMap((server) => server.zones);
  const signed = signatures && (await signZones(zones, signatures, join(folder, "signed")));
  const started = await Promise.all([
    ...hierarchy.servers.map((server, number) =>
      authority(server, join(folder, `${number}`), signed),
    ),
    resolver(join(folder, "resolver"), signed),
  ]);
  return { stop: async () => void (await Promise.all(started.map((stop) => stop()))) };
}

/** Common to all: nothing outside the folder, no control channel. */
function options(folder: string, lines: readonly string[]): string {
  return `options {
  directory "${folder}";
  pid-file none;
  lock-file none;
  session-keyfile none;
  managed-keys-directory "${folder}";
  allow-query { any; };
  ${lines.join("\n  ")}
};
controls { };
`;
}

async function authority(
  { ip4, ip6, zones }: PlanServer,
  folder: string,
  signed: SignedZones | null,
) {
  await mkdir(folder);
  const clauses: string[] = [];
  for (const [index, zone] of zones.entries()) {
    const file = signed?.files.get(zone.origin) ?? masterFile(zone);
    await writeFile(join(folder, `${index}.zone`), file);
    clauses.push(`zone "${zone.origin}" { type primary; file "${index}.zone"; };`);
  }
  const listen = [`listen-on { ${ip4}; };`, `listen-on-v6 { ${ip6}; };`, "recursion no;"];
  return named(folder, options(folder, listen) + clauses.join("\n"));
}

async function resolver(folder: string, signed: SignedZones | null) {
  await mkdir(folder);
  // BIND wants a time to live, which the hints of the lab leave out.
  await writeFile(join(folder, "hints"), `$TTL 3600\n${dotted(ROOT_HINTS)}`);
  const listen = [
    "listen-on { 127.0.0.1; };",
    "listen-on-v6 { none; };",
    "recursion yes;",
    `dnssec-validation ${signed ? "yes" : "no"};`,
    "allow-recursion { any; };",
    // Everything here lives in special-purpose space, which BIND leaves alone by default.
    "empty-zones-enable no;",
  ];
  const root = `zone "." { type hint; file "hints"; };`;
  return named(folder, options(folder, listen) + root + (signed?.trustAnchor ?? ""));
}

function dotted(hints: string): string {
  return hints.replaceAll("a.root", "a.root.");
}

/** Runs one `named` until the returned function is called; resolves when it serves. */
async function named(folder: string, configuration: string): Promise<() => Promise<void>> {
  const file = join(folder, "named.conf");
  await writeFile(file, configuration);
  const argv = ["--pdeathsig=KILL", "--", programs().named, "-g", "-n", "1", "-c", file];
  const child = spawn("setpriv", argv, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "close");
  let output = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (/ running$/m.test(output)) resolve();
    });
    void ended.then(() => reject(new Error(`named did not start:\n${output}`)));
  });
  return async () => {
    child.kill("SIGTERM");
    await ended;
  };
}
