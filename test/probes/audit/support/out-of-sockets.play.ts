import { openSync } from "node:fs";
import { seePort } from "../../../../src/probes/audit/ports.ts";
import { toolsOf } from "./tools.ts";

/** Run with few file descriptors allowed: takes all that are left, and prints what a port comes to. */
const faults: string[] = [];
const tools = toolsOf({ report: (fault) => void faults.push(fault.message) });

function takeAll(): void {
  try {
    for (;;) openSync("/dev/null", "r");
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EMFILE") throw error;
  }
}

takeAll();
const sight = await seePort({ address: "127.0.0.1", port: 9, family: "ip4" }, tools);
process.stdout.write(JSON.stringify({ sight, faults }));
