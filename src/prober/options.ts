import type { ProbeResult } from "../domain/observation.ts";
import type { VantageState } from "../domain/vantage.ts";
import type { RootHints } from "../probes/dns/index.ts";
import type { AuditRun } from "./audit-run.ts";

/** How much the prober may do at once, over all threads together. */
export interface ProberLimits {
  /** Probes in flight. */
  readonly inFlight: number;
  /** New connections per second, redirect hops and further addresses included. */
  readonly newConnectionsPerSecond: number;
  /** Connections to one address at a time. */
  readonly perAddress: number;
  /** A run during which the thread's event loop was late by more than this (ms) is `unknown`. */
  readonly lagLimitMs: number;
}

/** The place that probes are sent from. */
export interface VantageOptions {
  readonly name: string;
  /** ISO 3166-1 alpha-2, or null where it is not configured. */
  readonly country: string | null;
  /** `host:port`, or null for the built-in list. */
  readonly anchors: readonly string[] | null;
}

/** What a probing thread must know; it is cloned into every thread, so it is plain data. */
export interface ProbingOptions {
  readonly vantage: VantageOptions;
  /** `address[:port]`, IPv6 in brackets. */
  readonly dnsServers: readonly string[];
  /** Prefixes of special-purpose space that may be probed. */
  readonly allowedNetworks: readonly string[];
  /** Deadline of one run. */
  readonly timeoutMs: number;
  /** Every portal is probed once per interval and family, at its phase. */
  readonly intervalMs: number;
  /** PEM certificates trusted beside the usual roots. */
  readonly extraRoots: readonly string[];
  /** Address that the User-Agent names, or null. */
  readonly contact: string | null;
  readonly limits: ProberLimits;
  /**
   * How long after a new failure is known each of its confirmations begins, milliseconds, in order; for tests. Default:
   * about 10 s and 30 s, and less where the interval is short.
   */
  readonly confirmAfterMs?: readonly number[] | undefined;
}

/** How audits are done; plain data for the audit thread. Times in milliseconds. */
export interface AuditingOptions {
  /** Every portal is audited once per interval, at its phase. */
  readonly intervalMs: number;
  /** Portals without an audit younger than an interval are spread over this span. */
  readonly firstRoundMs: number;
  /** Time of one audit. */
  readonly timeoutMs: number;
  /** Least time between two tries of what failed. */
  readonly tryGapMs: number;
  /** Scheduled audits at once. */
  readonly inFlight: number;
  /** Connections to one address at a time. */
  readonly perAddress: number;
  readonly rootHints: RootHints;
  readonly authorityPort: number;
  /** Port that stands for plain HTTP. */
  readonly httpPort: number;
}

/** The audits of a prober. */
export interface AuditsOptions extends AuditingOptions {
  /**
   * When each portal was last audited, by its number, milliseconds since the epoch. Light probes don't wait for it: of
   * 20,000 portals it takes a server seconds.
   */
  readonly lastAudits: ReadonlyMap<number, number> | Promise<ReadonlyMap<number, number>>;
  /** What every scheduled audit came to. Must not throw. */
  readonly onAudit: (run: AuditRun) => void;
}

/** Everything that `startProber` needs. The callbacks must not throw. */
export interface ProberOptions extends ProbingOptions {
  /** Probing threads, at least 1. */
  readonly threads: number;
  /** Null or absent: no audits. */
  readonly audits?: AuditsOptions | null;
  /** At most 500 results, at the latest a second after the oldest of them. */
  readonly onResults: (results: ProbeResult[]) => void;
  /** After every self-test of the vantage point. */
  readonly onVantage: (state: VantageState) => void;
  /** A fault of ours: a thread that died, fell silent or lost runs. The prober has dealt with it already. */
  readonly onFault: (error: Error) => void;
}
