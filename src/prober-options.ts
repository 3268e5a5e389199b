import type { Config } from "./config.ts";
import { UsageError } from "./domain/usage-error.ts";
import { IANA_ROOT_HINTS, parseRootHints, type RootHints } from "./probes/dns/index.ts";
import type { AuditingOptions, ProberLimits, ProbingOptions } from "./prober/index.ts";

/**
 * Limits of one prober, for 20,000 portals over two families at a 60 s interval, 667 runs a second. In flight: if a run
 * takes 2.2 s on average, as when a fifth of them time out. New connections per second: two for each run, as most
 * portals lead from one address to another; fewer portals need fewer, for runs are spread evenly over the interval.
 */
const LIMITS = {
  inFlight: 1500,
  newConnectionsPerSecond: 1500,
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

/** The audits' part of the configuration. Throws UsageError for root hints that can't be read. */
export function auditsOptions(config: Config): AuditingOptions {
  const { auditIntervalMs, auditPace } = config;
  return {
    ...auditPace,
    intervalMs: auditIntervalMs,
    firstRoundMs: Math.min(auditIntervalMs, auditPace.firstRoundMs),
    rootHints: rootHintsOf(config),
    authorityPort: config.dnsAuthorityPort,
    httpPort: config.auditHttpPort,
  };
}

function rootHintsOf({ rootHints }: Config): RootHints {
  if (rootHints === null) return IANA_ROOT_HINTS;
  const parsed = parseRootHints(rootHints.text);
  if ("hints" in parsed) return parsed.hints;
  throw new UsageError(
    `DNS_ROOT_HINTS=${JSON.stringify(rootHints.path)} is not allowed: expected root hints, but ${parsed.wrong}. ` +
      "Change or unset the variable.",
  );
}
