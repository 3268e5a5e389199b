import { parseArgs } from "node:util";
import { startScaleLab } from "./scale.ts";
import { untilStopped } from "./until-stopped.ts";

/**
 * Runs the scale lab in a process of its own, so that its CPU is not the prober's: prints one JSON line (dnsServer,
 * caPem, allowedNetworks, anchors, portals, control, controlUrl), and ends on SIGTERM.
 */
const { values } = parseArgs({
  options: {
    portals: { type: "string", default: "1000" },
    addresses: { type: "string", default: "50" },
    ip6: { type: "string", multiple: true },
    "body-bytes": { type: "string", default: "4096" },
    apart: { type: "boolean", default: false },
  },
});

// Listen for signals first: whoever reads our line may send one at once.
const stopped = untilStopped();
const lab = await startScaleLab({
  portals: Number(values.portals),
  addresses: Number(values.addresses),
  ip6Addresses: values.ip6,
  bodyBytes: Number(values["body-bytes"]),
  apart: values.apart,
});
process.stdout.write(`${JSON.stringify(lab)}\n`);
await stopped;
await lab.stop();
