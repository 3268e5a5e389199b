import type { Config } from "./config.ts";
import { UsageError } from "./domain/usage-error.ts";
import { IANA_ROOT_HINTS, parseRootHints, type RootHints } from "./probes/dns/index.ts";
import type { AuditingOptions, ProberLimits, ProbingOptions } from "./prober/index.ts";

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
