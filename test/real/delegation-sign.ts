import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PlanZone } from "../../lab/delegation/zone-plan.ts";
import { masterFile } from "../../lab/delegation/zone-plan.ts";
import { runProgram } from "../support/run-program.ts";

/** How the zones of a hierarchy are signed: the portal's zone not at all, or by another key than its parent says. */
export type Signatures = "secure" | "insecure" | "bogus";

/** Zone files by origin, and the line that makes a resolver trust the root. */
export interface SignedZones {
  readonly files: ReadonlyMap<string, string>;
  readonly trustAnchor: string;
}

/** Signs the root, the top-level domain and the zone with BIND's own tools, from the bottom up. */
export async function signZones(
  zones: readonly PlanZone[],
  signatures: Signatures,
  folder: string,
): Promise<SignedZones> {
  await mkdir(folder);
  const files = new Map<string, string>();
  const zoneOf = (origin: string) => zones.find((zone) => zone.origin === origin)!;
  let delegation = "";
  if (signatures !== "insecure") {
    const signed = await sign(zoneOf("hn.test"), "", folder);
    files.set("hn.test", signed.file);
    delegation = signatures === "secure" ? signed.ds : await strangersDs(folder);
  }
  const top = await sign(zoneOf("test"), delegation, folder);
  files.set("test", top.file);
  const root = await sign(zoneOf("."), top.ds, folder);
  files.set(".", root.file);
  const [, key] = /DNSKEY\s+257 3 13 (.+)$/m.exec(root.key)!;
  return { files, trustAnchor: `trust-anchors { . static-key 257 3 13 "${key}"; };` };
}

async function sign({ origin, records }: PlanZone, delegation: string, folder: string) {
  const file = join(folder, `${origin}.unsigned`);
  await writeFile(file, masterFile({ origin, records }) + delegation);
  const key = await newKey(origin, folder);
  const out = join(folder, `${origin}.signed`);
  // One key for everything (-z), found by its name (-S).
  const places = ["-K", folder, "-d", folder, "-o", origin, "-f", out];
  await run("dnssec-signzone", ["-S", "-z", ...places, file]);
  const dotted = origin === "." ? "." : `${origin}.`;
  return {
    file: await readFile(out, "utf8"),
    ds: await readFile(join(folder, `dsset-${dotted}`), "utf8"),
    key: await readFile(`${key}.key`, "utf8"),
  };
}

/** A delegation to a key of the zone that signs nothing. */
async function strangersDs(folder: string): Promise<string> {
  const elsewhere = join(folder, "stranger");
  await mkdir(elsewhere);
  return run("dnssec-dsfromkey", ["-2", `${await newKey("hn.test", elsewhere)}.key`]);
}

async function newKey(origin: string, folder: string): Promise<string> {
  const argv = ["-q", "-a", "ECDSAP256SHA256", "-f", "KSK", "-K", folder, origin];
  return join(folder, (await run("dnssec-keygen", argv)).trim());
}

async function run(program: string, argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runProgram(program, argv);
  if (code !== 0) throw new Error(`${program} ${argv.join(" ")}: ${stderr}`);
  return stdout;
}
