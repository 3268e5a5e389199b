import { HIERARCHIES, type HierarchyName } from "../../../lab/delegation/hierarchies.ts";
import { PORTAL, ROOT_HINTS } from "../../../lab/delegation/hierarchy.ts";
import { playHierarchy } from "../../../lab/delegation/play.ts";
import { createDnsSight, parseRootHints } from "../../../src/probes/dns/index.ts";
import { session } from "./support/sessions.ts";

/** Runs inside a namespace with fd53::1 to fd53::9: plays every hierarchy on ports of its own, prints what is seen. */
const FIRST_PORT = 5300;

const parsed = parseRootHints(ROOT_HINTS);
if ("wrong" in parsed) throw new Error(parsed.wrong);
const rootHints = parsed.hints;

const names = Object.keys(HIERARCHIES) as HierarchyName[];
const sights = await Promise.all(
  names.map(async (name, index) => {
    const [authorityPort, resolverPort] = [FIRST_PORT + 2 * index, FIRST_PORT + 2 * index + 1];
    const played = await playHierarchy(HIERARCHIES[name], { authorityPort, resolverPort });
    const servers = [`127.0.0.1:${resolverPort}`];
    const dns = createDnsSight({ servers, rootHints, authorityPort });
    const audit = session();
    const host = await dns.seeName(PORTAL.host, audit);
    const zone = await dns.seeZone(PORTAL.host, host, audit);
    dns.close();
    await played.close();
    return [name, { ip6: host.answers.ip6.outcome, zone }] as const;
  }),
);
process.stdout.write(JSON.stringify(Object.fromEntries(sights)));
