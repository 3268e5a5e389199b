import { openSync } from "node:fs";
import { createProbe } from "../../../src/probes/index.ts";
import { loopbackOptions, order, target, verdict } from "./runs.ts";

/**
 * Run with few file descriptors allowed: takes all that are left, probes the URL, and prints the verdict.
 * With a second argument the probe is asked to resolve a name there first.
 */
const [url = "", dnsServer = "127.0.0.1:9"] = process.argv.slice(2);
const probe = createProbe(loopbackOptions(dnsServer));

function takeAll(): void {
  try {
    for (;;) openSync("/dev/null", "r");
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EMFILE") throw error;
  }
}

takeAll();
const result = await probe.run(target(url), order("ip4"));
process.stdout.write(`${verdict(result)} ${result.evidence?.code}`);
probe.close();
