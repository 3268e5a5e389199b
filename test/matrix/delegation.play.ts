import type { RequestListener } from "node:http";
import { PORTAL, ROOT_HINTS } from "../../lab/delegation/hierarchy.ts";
import { playHierarchy } from "../../lab/delegation/play.ts";
import { createAudit } from "../../src/probes/audit/index.ts";
import { parseRootHints } from "../../src/probes/dns/index.ts";
import { serveTcp } from "../probes/support/servers.ts";
import { DELEGATION_SCENES, HOP, MAIL } from "./scenarios/delegation.ts";
import { createCredentials } from "./support/credentials.ts";
import { judgeAudits } from "./support/judge-audits.ts";
import { loopbackAuditOptions } from "./support/options.ts";
import { page, redirecting, serveWeb } from "./support/web-server.ts";

/** Runs inside a namespace: plays every scene on ports of its own, audits its portal and prints the judgements. */
const FIRST_PORT = 5300;
const HTTPS_PORT = 443;
const MAIL_PORT = 25;

const parsed = parseRootHints(ROOT_HINTS);
if ("wrong" in parsed) throw new Error(parsed.wrong);
const rootHints = parsed.hints;

const credentials = await createCredentials();
const tls = await credentials.valid([PORTAL.host, HOP.host]);
const portal: RequestListener = (request, response) => {
  const answer = request.url === HOP.path ? redirecting(302, `https://${HOP.host}/`) : page;
  answer(request, response);
};
const servers = await Promise.all([
  serveWeb({ address: PORTAL.ip4, port: HTTPS_PORT, tls }, portal),
  serveWeb({ address: PORTAL.ip6, port: HTTPS_PORT, tls }, portal),
  serveWeb({ address: HOP.served, port: HTTPS_PORT, tls }),
  serveTcp((socket) => socket.end("220 bịa\r\n"), MAIL.open, MAIL_PORT),
]);

const scenes = await Promise.all(
  Object.entries(DELEGATION_SCENES).map(
    async ([name, { hierarchy, validation, path = "/" }], index) => {
      const [authorityPort, resolverPort] = [FIRST_PORT + 2 * index, FIRST_PORT + 2 * index + 1];
      const played = await playHierarchy(hierarchy, {
        authorityPort,
        resolverPort,
        ...(validation ? { validation } : {}),
      });
      const audit = createAudit(
        loopbackAuditOptions({
          dnsServers: [`127.0.0.1:${resolverPort}`],
          rootHints,
          authorityPort,
          allowedNetworks: ["127.0.0.0/8", "fd53::/16"],
          extraRoots: [credentials.rootPem],
          timeoutMs: 30_000,
        }),
      );
      return { name, url: `https://${PORTAL.host}${path}`, audit, played };
    },
  ),
);
const judged = await judgeAudits(scenes);
for (const { audit, played } of scenes) {
  audit.close();
  await played.close();
}
await Promise.all(servers.map((server) => server.close()));
process.stdout.write(JSON.stringify(judged));
