import { parseArgs } from "node:util";
import { createProbe } from "../../src/probes/index.ts";
import { loopbackOptions, order, target } from "../../test/probes/support/runs.ts";
import { someAtATime } from "../kit/at-once.ts";
import { startWeb } from "./web.ts";

/**
 * The light probe by itself, for profiles: `node --cpu-prof bench/probe/alone.ts`. Goes to one nginx over loopback, some
 * at a time, and says what one costs this process.
 */
const { values } = parseArgs({
  options: {
    probes: { type: "string", default: "4000" },
    concurrency: { type: "string", default: "16" },
    key: { type: "string", default: "ecdsa" },
  },
});

const web = await startWeb("bench.example");
const port = web.ports[values.key === "rsa" ? "rsa" : "ecdsa"];
const probe = createProbe(
  loopbackOptions("127.0.0.1:9", { timeoutMs: 10_000, extraRoots: [web.caPem] }),
);
const portal = target(`https://127.0.0.1:${port}/`);

function burst(count: number): Promise<void> {
  return someAtATime(count, Number(values.concurrency), async () => {
    const { outcome, failure } = await probe.run(portal, order("ip4", { scheduledAt: Date.now() }));
    if (outcome !== "ok") throw new Error(JSON.stringify(failure));
  });
}

await burst(1000);
for (let round = 0; round < 5; round += 1) {
  const [cpu, began] = [process.cpuUsage(), performance.now()];
  const count = Number(values.probes) / 5;
  await burst(count);
  const { user, system } = process.cpuUsage(cpu);
  const each = (micros: number) => (micros / count / 1000).toFixed(3);
  const wall = ((performance.now() - began) / count).toFixed(3);
  process.stderr.write(
    `${each(user + system)} ms (user ${each(user)}, system ${each(system)}), ${wall} ms of time\n`,
  );
}
probe.close();
await web.stop();
