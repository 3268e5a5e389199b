import { reasonOf } from "../domain/failure.ts";
import type { Family } from "../domain/family.ts";
import { type Judgement, judgeProbe } from "../domain/judge-probe.ts";
import type { Evidence, ProbeResult } from "../domain/observation.ts";
import type { ProbeTarget } from "../domain/portal.ts";
import { evidenceOf } from "../domain/probe-evidence.ts";
import { type ProbeFacts, type Skip, type Stop, isEnd } from "../domain/probe-facts.ts";
import type { VantageState } from "../domain/vantage.ts";
import { startDeadline } from "./deadline.ts";
import { type DnsClient, createDnsClient } from "./dns-client.ts";
import { follow } from "./follow.ts";
import { hostOf } from "./location.ts";
import { watchLoopLag } from "./loop-lag.ts";
import { LAG_LIMIT_MS, type ProbeOptions } from "./probe-options.ts";
import { probeTools } from "./probe-tools.ts";
import { type ProbeTools, type Run, beginRun } from "./run.ts";
import { codeOf } from "./socket-failure.ts";
import { OTHER_FAMILY_ONLY } from "./visit.ts";

/** What one run is about. */
export interface RunOrder {
  readonly family: Family;
  /** Milliseconds since the epoch. */
  readonly scheduledAt: number;
  /** 0 is the scheduled run, confirmations count from 1. */
  readonly attempt: number;
  /** What the vantage point knows of itself now. */
  readonly gate: VantageState;
  /** Cuts the run, which is then `skipped` (`skip_stopping`). */
  readonly signal?: AbortSignal | undefined;
}

/** Probes portals, any number at a time. */
export interface Probe {
  /** One run. Always resolves, at the deadline at the latest (our own waiting apart); never rejects. */
  run(target: ProbeTarget, order: RunOrder): Promise<ProbeResult>;
  /** Runs that ended in a fault of ours. */
  readonly faults: number;
  /** Ends questions to the resolver that are still open. */
  close(): void;
}

/** A probe with these options; throws a RangeError if a network or server can't be read. */
export function createProbe(options: ProbeOptions): Probe {
  return new LightProbe(options);
}

class LightProbe implements Probe {
  readonly #options: ProbeOptions;
  readonly #tools: ProbeTools;
  /** By attempt: each begins with another server. */
  readonly #dns: readonly DnsClient[];
  readonly #lag = watchLoopLag();
  #faults = 0;

  constructor(options: ProbeOptions) {
    this.#options = options;
    this.#tools = probeTools(options);
    this.#dns = rotations(options.dnsServers).map(createDnsClient);
  }

  get faults(): number {
    return this.#faults;
  }

  async run(target: ProbeTarget, order: RunOrder): Promise<ProbeResult> {
    const startedAt = this.#tools.clock();
    const lag = this.#lag.open();
    const deadline = startDeadline(this.#options.timeoutMs, order.signal);
    const dns = this.#dns[order.attempt % this.#dns.length] as DnsClient;
    const run = beginRun({ family: order.family, gate: order.gate, dns, deadline });
    try {
      const end = await this.#observe(target, run);
      const facts = factsOf(run, end, lag.close());
      const judgement = judgeProbe(facts, target.expectation, {
        lagLimitMs: this.#options.lagLimitMs ?? LAG_LIMIT_MS,
      });
      const evidence = await this.#evidence(facts, judgement, target, run);
      return {
        portal: target.portal,
        vantage: this.#options.vantage,
        family: order.family,
        scheduledAt: order.scheduledAt,
        attempt: order.attempt,
        startedAt,
        ...judgement,
        ...seenOf(facts),
        evidence,
      };
    } finally {
      lag.close();
      deadline.clear();
    }
  }

  close(): void {
    for (const dns of this.#dns) dns.close();
  }

  async #observe(target: ProbeTarget, run: Run): Promise<End> {
    if (!run.gate.resolver.usable) return { stop: "resolver_unusable", phase: null, code: null };
    try {
      return await follow(target, this.#tools, run);
    } catch (error) {
      this.#faults += 1;
      this.#options.onFault?.(new Error(`probe of ${target.url} failed`, { cause: error }));
      return { stop: "prober_fault", phase: null, code: codeOf(error) };
    }
  }

  async #evidence(
    facts: ProbeFacts,
    { failure }: Judgement,
    { expectation }: ProbeTarget,
    run: Run,
  ): Promise<Evidence | null> {
    if (failure === null) return null;
    const last = facts.hops.at(-1);
    const explains = NAME_REASONS.has(reasonOf(failure.kind));
    const cnames =
      explains && last !== undefined
        ? await run.dns.aliases(hostOf(new URL(last.url)), run.deadline)
        : [];
    return evidenceOf(facts, failure, expectation, cnames);
  }
}

/** A scheduled run and its two confirmations: more orders than that are never asked for. */
const MOST_ORDERS = 3;

/** The servers in as many orders as attempts can use, each beginning with another one; at least one order. */
function rotations(servers: readonly string[]): readonly string[][] {
  const orders = Math.max(1, Math.min(MOST_ORDERS, servers.length));
  return Array.from({ length: orders }, (_, first) => [
    ...servers.slice(first),
    ...servers.slice(0, first),
  ]);
}

/** Failures that a name's way to its addresses may explain; only for them is the resolver asked once more. */
const NAME_REASONS: ReadonlySet<string> = new Set([
  "no_address",
  "address_special",
  "connect_refused",
  "connect_timeout",
  "network",
  "tls_handshake",
  "certificate",
  "redirect",
]);

type End = Stop | Skip | typeof OTHER_FAMILY_ONLY | null;

function factsOf(run: Run, end: End, loopLagMs: number): ProbeFacts {
  const ended = isEnd(end) ? end : null;
  const { family, hops, status, final, bodyBytes, bodyMismatches, addresses } = run;
  const { failedAddresses, certificate, phasesMs } = run;
  return {
    family,
    noAddress: end === OTHER_FAMILY_ONLY,
    stopped: ended !== null && "stop" in ended ? ended : null,
    skipped: ended !== null && "skip" in ended ? ended.skip : null,
    hops,
    status,
    final,
    bodyBytes,
    bodyMismatches,
    addresses,
    failedAddresses,
    certificate,
    phasesMs,
    totalMs: run.deadline.used(),
    loopLagMs,
  };
}

function seenOf(facts: ProbeFacts) {
  const { status, phasesMs, totalMs, bodyBytes, loopLagMs, certificate, addresses, hops } = facts;
  return {
    status,
    address: hops.findLast((hop) => hop.address !== null)?.address ?? null,
    phasesMs,
    totalMs,
    redirects: hops
      .filter((hop) => hop.to)
      .map(({ url, address, status, to }) => ({ url, address, status, to })),
    bodyBytes,
    loopLagMs,
    certificate,
    addresses,
  };
}
