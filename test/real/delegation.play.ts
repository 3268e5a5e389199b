import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HIERARCHIES, type HierarchyName } from "../../lab/delegation/hierarchies.ts";
import { PORTAL, ROOT_HINTS } from "../../lab/delegation/hierarchy.ts";
import { createDnsSight, parseRootHints } from "../../src/probes/dns/index.ts";
import { session } from "../probes/dns/support/sessions.ts";
import type { Signatures } from "./delegation-sign.ts";
import { startBind } from "./delegation-bind.ts";

/** Runs inside a namespace with fd53::1 to fd53::9: BIND plays the named hierarchy, and what is seen is printed. */
const name = process.argv[2] as HierarchyName;
const signatures = (process.argv[3] ?? null) as Signatures | null;
const parsed = parseRootHints(ROOT_HINTS);
if ("wrong" in parsed) throw new Error(parsed.wrong);
const folder = await mkdtemp(join(tmpdir(), "hatangso-bind-"));
const bind = await startBind(HIERARCHIES[name], folder, signatures);
const dns = createDnsSight({
  servers: ["127.0.0.1:53"],
  rootHints: parsed.hints,
  authorityPort: 53,
});
const audit = session();
const host = await dns.seeName(PORTAL.host, audit);
const zone = await dns.seeZone(PORTAL.host, host, audit);
dns.close();
await bind.stop();
await rm(folder, { recursive: true });
process.stdout.write(JSON.stringify({ host, zone }));
