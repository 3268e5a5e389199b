import { runCommand } from "../support/service-process.ts";
import { startAuditLab } from "./support/audit-lab.ts";

/** Runs inside a namespace without IPv6: audits portals that publish AAAA records and prints what came of it. */
const { lab, env, stop } = await startAuditLab(["healthy", "ipv6-refused", "expired"]);
const audits = await Promise.all(
  lab.portals.map(async ({ id, url }) => {
    const { code, stdout, stderr } = await runCommand(["audit", url, "--json"], env);
    return { id, code, stderr, json: JSON.parse(stdout) as unknown };
  }),
);
process.stdout.write(JSON.stringify(audits));
await stop();
