import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Row } from "./kit/row.ts";
import { conclude, tell } from "./kit/section.ts";
import { opensslCpuMs, startBlackboxPeer, versionOf } from "./probe/peers.ts";
import { startProbingService } from "./probe/service.ts";
import { KEY_KINDS, type KeyKind } from "./probe/web.ts";

/**
 * What one light probe costs: the whole service (probe, judge, store on PostgreSQL, expose) beside blackbox_exporter's
 * whole process and the handshake and GET of openssl s_time, in turn, against one nginx. CPU by the kernel's accounting.
 */
const { values } = parseArgs({
  options: {
    portals: { type: "string", default: "1500" },
    "interval-seconds": { type: "string", default: "10" },
    rounds: { type: "string", default: "5" },
  },
});

/** After it was held still, the service has this long to get over what it missed. */
const OVER_IT_MS = 6000;
const MEASURED_SECONDS = 10;
const WARM_UP_MS = 30_000;
const BLACKBOX_PROBES = 800;
const OPENSSL_SECONDS = 2;

const missing = new Set<string>();
const facts: Record<string, string | number> = {};
const rows: Row[] = [];
for (const key of KEY_KINDS) rows.push(...(await rowsOf(key)));
conclude({ section: "Light probe over HTTPS", facts, rows, missing: [...missing] });

async function rowsOf(key: KeyKind): Promise<Row[]> {
  const load = {
    portals: Number(values.portals),
    intervalSeconds: Number(values["interval-seconds"]),
    key,
  };
  const probing = await startProbingService(load);
  const blackbox = await startBlackboxPeer(probing.web.caFile);
  const openssl = await versionOf("openssl", ["version"], /OpenSSL ([\d.]+)/);
  if (blackbox === null)
    missing.add("blackbox_exporter (apt-get install prometheus-blackbox-exporter)");
  if (openssl === null) missing.add("openssl s_time (apt-get install openssl)");
  facts["portals, seconds between runs"] = `${load.portals} × 2, ${load.intervalSeconds}`;
  facts["nginx"] = probing.web.version;
  facts["blackbox_exporter"] = blackbox?.version ?? "none";
  facts["openssl"] = openssl ?? "none";
  const ours: number[] = [];
  const theirs: number[] = [];
  const limit: number[] = [];
  await sleep(WARM_UP_MS);
  await blackbox?.cpuMsPerProbe(urlOf(probing.web.ports[key]), BLACKBOX_PROBES);
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    probing.go();
    await sleep(OVER_IT_MS);
    const { cpuMsPerRun, runs } = await probing.measure(MEASURED_SECONDS);
    probing.hold();
    ours.push(cpuMsPerRun);
    if (blackbox) {
      theirs.push(await blackbox.cpuMsPerProbe(urlOf(probing.web.ports[key]), BLACKBOX_PROBES));
    }
    if (openssl !== null) {
      limit.push(await opensslCpuMs(probing.web.ports[key], probing.web.caFile, OPENSSL_SECONDS));
    }
    tell(
      `${key}, round ${round}: ${runs} runs, ${[ours, theirs, limit].map((all) => all.at(-1)?.toFixed(2) ?? "–").join(" / ")} ms`,
    );
  }
  await blackbox?.stop();
  await probing.stop();
  const what = `CPU per probe, whole service, ${key.toUpperCase()} key`;
  return [
    {
      what,
      unit: "ms",
      values: ours,
      peer: { name: "blackbox_exporter", values: theirs },
      goal: { ratioAtMost: 1 },
    },
    {
      what,
      unit: "ms",
      values: ours,
      peer: { name: "openssl s_time", values: limit },
      goal: { ratioAtMost: 2 },
    },
  ];
}

function urlOf(port: number): string {
  return `https://127.0.0.1:${port}/`;
}
