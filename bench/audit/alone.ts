import { subscribe } from "node:diagnostics_channel";
import { parseArgs } from "node:util";
import { processCost } from "../kit/process-cost.ts";
import { auditOnce, auditsIn } from "./audits.ts";
import { someAtATime } from "../kit/at-once.ts";
import { startLabProcess } from "./lab-process.ts";

/**
 * Audits by themselves, for profiles: `node --cpu-prof bench/audit/alone.ts`. Prints what one costs this process, and
 * whether what it saw is whole.
 */
const { values } = parseArgs({
  options: {
    audits: { type: "string", default: "60" },
    "at-once": { type: "string", default: "4" },
    portal: { type: "string", default: "healthy" },
  },
});

let connections = 0;
subscribe("net.client.socket", () => (connections += 1));

const lab = await startLabProcess([values.portal]);
const url = lab.facts.portals.find(({ id }) => id === values.portal)?.url ?? "";
const audit = auditsIn(lab.facts);
const burst = async (count: number) => {
  const before = { connections, cost: await processCost(process.pid), at: performance.now() };
  await someAtATime(
    count,
    Number(values["at-once"]),
    async () => void (await auditOnce(audit, url)),
  );
  const cost = await processCost(process.pid);
  const each = (value: number) => (value / count).toFixed(1);
  process.stdout.write(
    `${count} audits: ${each(cost.cpuMs - before.cost.cpuMs)} ms CPU, ` +
      `${each(connections - before.connections)} connections, ` +
      `${each(performance.now() - before.at)} ms each, rss ${(cost.rssBytes / 2 ** 20).toFixed(0)} MB\n`,
  );
};
await burst(20);
for (let round = 0; round < 3; round += 1) await burst(Number(values.audits));
audit.close();
await lab.stop();
