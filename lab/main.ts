import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { startLab } from "./index.ts";
import { untilStopped } from "./until-stopped.ts";

/**
 * Runs the lab alone: says on stderr where to look, prints one JSON line (the lab without its functions) on stdout,
 * and ends on SIGTERM.
 */
const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    ip6: { type: "string", multiple: true },
    dns64: { type: "boolean", default: false },
    "control-port": { type: "string", default: "0" },
    /** Where to write the root certificate, for NODE_EXTRA_CA_CERTS. */
    "ca-file": { type: "string" },
  },
});

// Listen for signals first: whoever reads our line may send one at once.
const stopped = untilStopped();
const lab = await startLab({
  only: values.only,
  ip6Addresses: values.ip6,
  dns64: values.dns64,
  controlPort: Number(values["control-port"]),
});
if (values["ca-file"] !== undefined) await writeFile(values["ca-file"], lab.caPem);
process.stdout.write(`${JSON.stringify(lab)}\n`);
process.stderr.write(
  [
    `${lab.portals.length} made-up portals, e.g. ${lab.portals[0]?.url}`,
    `DNS_SERVERS=${lab.dnsServer}`,
    `PROBE_ALLOWED_NETWORKS=${lab.allowedNetworks}`,
    `VANTAGE_ANCHORS=${lab.anchors.join(",")}`,
    `AUDIT_HTTP_PORT=${lab.httpPort}`,
    `break and mend: ${lab.controlUrl} (see lab/README.md)`,
    lab.ip6 ? "" : "this machine has no IPv6 loopback: the lab plays IPv4 only",
  ]
    .filter((line) => line !== "")
    .map((line) => `${line}\n`)
    .join(""),
);
await stopped;
await lab.stop();
