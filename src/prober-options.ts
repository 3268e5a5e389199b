import type { Config } from "./config.ts";
import type { ProberLimits, ProbingOptions } from "./prober/index.ts";

/**
 * Limits of one prober. In flight: what 20,000 portals over two families need at a 60 s interval if a run takes
 * 0.75 s on average. New connections per second: well below what home routers and state firewalls take for a scan.
 */
const LIMITS = {
  inFlight: 500,
  newConnectionsPerSecond: 400,
  lagLimitMs: 500,
} satisfies Partial<ProberLimits>;

/** The prober's part of the configuration. */
export function proberOptions(config: Config): ProbingOptions & { threads: number } {
  return {
    threads: config.probeWorkers,
    vantage: {
      name: config.vantageName,
      country: config.vantageCountry,
      anchors: config.vantageAnchors,
    },
    dnsServers: config.dnsServers,
    allowedNetworks: config.allowedNetworks,
    timeoutMs: config.probeTimeoutMs,
    intervalMs: config.probeIntervalMs,
    extraRoots: config.extraRoots,
    contact: config.probeContact,
    limits: { ...LIMITS, perAddress: config.probesPerAddress },
  };
}
