import type { Config } from "../config.ts";
import { FAMILIES, type Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";
import type { VantageState } from "../domain/vantage.ts";
import { createProbe, createSelfTest } from "../probes/index.ts";
import { proberOptions } from "../prober-options.ts";
import { probeJson, probeText } from "./probe-text.ts";

/** What the command line may ask of a probe. */
interface ProbeRequest {
  readonly family?: "4" | "6" | undefined;
  readonly json?: boolean | undefined;
}

/** Probes one URL once per family, after a test of this place; nothing is stored. 1 where a family fails. */
export async function probeCommand(
  config: Config,
  url: string,
  request: ProbeRequest,
): Promise<0 | 1> {
  const vantage = await testVantage(config);
  const families = request.family === undefined ? FAMILIES : [`ip${request.family}` as const];
  const results = await probeEach(config, url, families, vantage);
  for (const result of results) {
    if (request.json) process.stdout.write(`${JSON.stringify(probeJson(url, result))}\n`);
    else process.stderr.write(`${probeText(result, vantage).join("\n")}\n`);
  }
  return results.some((result) => result.outcome === "fail") ? 1 : 0;
}

async function testVantage(config: Config): Promise<VantageState> {
  const { vantage, dnsServers, allowedNetworks, extraRoots } = proberOptions(config);
  const selfTest = createSelfTest({ ...vantage, dnsServers, allowedNetworks, extraRoots });
  try {
    return await selfTest.check();
  } finally {
    selfTest.close();
  }
}

async function probeEach(
  config: Config,
  url: string,
  families: readonly Family[],
  gate: VantageState,
): Promise<ProbeResult[]> {
  const { limits, ...options } = proberOptions(config);
  const probe = createProbe({
    ...options,
    vantage: config.vantageName,
    lagLimitMs: limits.lagLimitMs,
  });
  try {
    const target = { portal: 0, slug: "command-line", url, expectation: {} };
    const scheduledAt = Date.now();
    return await Promise.all(
      families.map((family) => probe.run(target, { family, scheduledAt, attempt: 0, gate })),
    );
  } finally {
    probe.close();
  }
}
