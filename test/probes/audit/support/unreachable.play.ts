import { seePort } from "../../../../src/probes/audit/ports.ts";
import { toolsOf } from "./tools.ts";

/** Runs inside a namespace without any route: prints what a port of an address beyond it comes to. */
const tools = toolsOf({ allowed: "10.0.0.0/8" });
const sight = await seePort({ address: "10.9.8.7", port: 443, family: "ip4" }, tools);
process.stdout.write(JSON.stringify(sight));
