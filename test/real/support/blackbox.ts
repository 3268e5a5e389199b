import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Lab } from "../../../lab/index.ts";
import { FAMILIES, type Family } from "../../../src/domain/family.ts";
import { addressesOf } from "../../support/lab-client.ts";
import { programs } from "../programs.ts";
import { freePort } from "../../support/free-port.ts";
import { inFolder, startChild } from "./child.ts";
import { parseExposition, type Sample } from "./exposition.ts";

/** A blackbox_exporter that knows the lab's names and trusts its authority. */
export interface Blackbox {
  readonly probe: (url: string, family: Family) => Promise<Sample[]>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts blackbox_exporter in a mount namespace of its own, where /etc/hosts names the lab's portals: their
 * resolver listens on a port that no resolv.conf can say. It asks no other resolver: none is named there.
 */
export function startBlackbox(lab: Lab): Promise<Blackbox> {
  return inFolder("blackbox", (folder) => startIn(folder, lab));
}

async function startIn(folder: string, lab: Lab): Promise<Blackbox> {
  const file = (name: string) => join(folder, name);
  await writeFile(file("hosts"), await hostsOf(lab));
  await writeFile(file("resolv.conf"), "nameserver 127.0.0.1\n");
  await writeFile(file("ca.pem"), lab.caPem);
  await writeFile(file("blackbox.yml"), configuration(file("ca.pem")));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const inside = `mount --bind "$1" /etc/hosts && mount --bind "$2" /etc/resolv.conf && shift 2 && exec "$@"`;
  const command = [
    programs().blackboxExporter,
    `--config.file=${file("blackbox.yml")}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const bash = ["bash", "-c", inside, "bash", file("hosts"), file("resolv.conf")];
  const child = await startChild(
    "unshare",
    // Root needs no user namespace for it, which a chroot would refuse; everybody else does.
    [...(process.getuid?.() === 0 ? [] : ["--map-root-user"]), "--mount", ...bash, ...command],
    `${url}/-/healthy`,
    // Go's own resolver reads those two files; the C library might ask other services.
    { GODEBUG: "netdns=go" },
  );
  return {
    async probe(target, family) {
      const query = new URLSearchParams({ target, module: family === "ip4" ? "ipv4" : "ipv6" });
      const answer = await fetch(`${url}/probe?${query.toString()}`);
      return parseExposition(await answer.text());
    },
    stop: child.stop,
  };
}

function configuration(caFile: string): string {
  const modules = ["ipv4", "ipv6"].map((name) => ({
    name,
    preferred: name.replace("v", ""),
  }));
  return [
    "modules:",
    ...modules.flatMap(({ name, preferred }) => [
      `  ${name}:`,
      "    prober: http",
      "    timeout: 5s",
      "    http:",
      `      preferred_ip_protocol: ${preferred}`,
      "      ip_protocol_fallback: false",
      "      tls_config:",
      `        ca_file: ${caFile}`,
    ]),
    "",
  ].join("\n");
}

/** The lab's names as /etc/hosts has them; a name without addresses of one family has no line for it. */
async function hostsOf(lab: Lab): Promise<string> {
  const lines = await Promise.all(
    lab.portals.flatMap(({ host }) =>
      FAMILIES.map(async (family) => {
        const found = await addressesOf(lab, host, family);
        if (typeof found !== "string") return found.map((address) => `${address} ${host}\n`);
        if (found === "ENODATA") return [];
        throw new Error(`${host} ${family}: ${found}`);
      }),
    ),
  );
  return ["127.0.0.1 localhost\n", "::1 localhost\n", ...lines.flat()].join("");
}
