import { parseArgs } from "node:util";
import { createProbe } from "../../src/probes/index.ts";
import type { Family } from "../../src/domain/family.ts";
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
const healthy = (family: Family) => ({
  healthy: true,
  anchorsAnswered: 1,
  anchorsTried: 1,
  sourceAddress: null,
  why: family,
});
const gate = {
  name: "bench",
  country: null,
  checkedAt: Date.now(),
  families: { ip4: healthy("ip4"), ip6: healthy("ip6") },
  resolver: { usable: true, why: "" },
  dns64Prefix: null,
};
const probe = createProbe({
  vantage: "bench",
  dnsServers: ["127.0.0.1:9"],
  timeoutMs: 10_000,
  allowedNetworks: ["127.0.0.0/8", "::1/128"],
  extraRoots: [web.caPem],
});
const target = { portal: 1, slug: "a", url: `https://127.0.0.1:${port}/`, expectation: {} };

async function burst(count: number): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left-- > 0) {
      const order = { family: "ip4" as const, scheduledAt: Date.now(), attempt: 0, gate };
      const { outcome, failure } = await probe.run(target, order);
      if (outcome !== "ok") throw new Error(JSON.stringify(failure));
    }
  };
  await Promise.all(Array.from({ length: Number(values.concurrency) }, worker));
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
