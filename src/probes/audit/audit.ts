import type { GateSight } from "../../domain/audit/gate.ts";
import type { Family } from "../../domain/family.ts";
import type { AuditObservation } from "../../domain/audit/observation.ts";
import { isUnseen } from "../../domain/audit/sight.ts";
import { addressPolicy, parseNetworks } from "../address-policy.ts";
import { type DnsClient, createDnsClient } from "../dns-client.ts";
import type { DnsSight } from "../dns/index.ts";
import { createChainReader } from "../presented-chain.ts";
import { trustedContext } from "../trust.ts";
import { userAgent } from "../user-agent.ts";
import { type CertificateShelf, createCertificateShelf } from "./certificates.ts";
import { type ObservationDraft, factsOf, newDraft } from "./draft.ts";
import { entryPlan, readPortalUrl, unreadablePlan, variantPlan } from "./entry.ts";
import { fitted } from "./fit.ts";
import { NOTHING_PROVEN, gateSight } from "./gate-sight.ts";
import { type AuditLimits, GATE_SHARE, LIMITS, MAX_CONNECTIONS } from "./limits.ts";
import type { Audit, AuditOptions, AuditOrder, AuditStep } from "./options.ts";
import { AuditSession, type SessionOptions, createTurns } from "./session.ts";
import { createSlots } from "./slots.ts";
import { type AuditWork, runSteps } from "./steps.ts";
import { type TlsOffers, createTlsOffers } from "./tls-offers.ts";
import { type AuditTools, guarded } from "./tools.ts";

/** What an audit's own sessions have in common. */
type Common = Pick<SessionOptions, "policy" | "trust" | "userAgent" | "turns" | "clock">;

/** Audits that share a DNS sight, roots and turns at addresses. */
export class DeepAudit implements Audit {
  readonly #options: AuditOptions;
  readonly #dns: DnsSight;
  readonly #stopwatch: DnsClient;
  readonly #offers: TlsOffers;
  readonly #readChain = createChainReader();
  readonly #limits: AuditLimits;
  readonly #common: Common;

  /** Throws a RangeError if a network can't be read. */
  constructor(options: AuditOptions, dns: DnsSight) {
    const allowed = parseNetworks(options.allowedNetworks.join(","));
    if ("wrong" in allowed) throw new RangeError(`not a network: ${allowed.wrong}`);
    this.#options = options;
    this.#dns = dns;
    this.#stopwatch = createDnsClient(options.dnsServers);
    this.#offers = createTlsOffers(options.extraRoots);
    this.#limits = { ...LIMITS, ...options.limits };
    this.#common = {
      policy: addressPolicy(allowed.networks),
      trust: trustedContext(options.extraRoots),
      userAgent: userAgent(options.contact),
      turns: options.turns ?? createTurns(),
      clock: options.clock ?? Date.now,
    };
  }

  async run({ url }: { readonly url: string }, order: AuditOrder): Promise<AuditObservation> {
    const { vantage, timeoutMs } = this.#options;
    const { clock } = this.#common;
    const endsAt = performance.now() + timeoutMs;
    const startedAt = clock();
    const before = gateSight(order.gate);
    const certificates = createCertificateShelf(this.#readChain);
    const draft = await this.#see(url, before, order, certificates);
    const { facts, timings } = factsOf(draft, { before, after: before }, certificates.kept);
    this.#tell(order, "gate");
    const after = await this.#lookAgain(order, endsAt - performance.now());
    const bounded = fitted({ ...facts, gate: { before, after } });
    return { url, vantage, startedAt, endedAt: clock(), facts: bounded, timings };
  }

  close(): void {
    this.#dns.close();
    this.#stopwatch.close();
  }

  readonly #report = (fault: Error): void => this.#options.onFault?.(fault);

  #session(gate: GateSight, timeoutMs: number, { gate: now, signal }: AuditOrder): AuditSession {
    const { tryGapMs } = this.#options;
    const openNow = (family: Family) => now.families[family].healthy;
    return new AuditSession({ ...this.#common, gate, openNow, timeoutMs, tryGapMs, signal });
  }

  #tell({ progress }: AuditOrder, step: AuditStep): void {
    try {
      progress?.(step);
    } catch (cause) {
      this.#report(new Error("audit: progress", { cause }));
    }
  }

  /** Everything between the two looks at the gate; what was not seen in time stays as it was. */
  async #see(
    text: string,
    gate: GateSight,
    order: AuditOrder,
    certificates: CertificateShelf,
  ): Promise<ObservationDraft> {
    const { httpPort, timeoutMs } = this.#options;
    const url = readPortalUrl(text);
    if (url === null) {
      this.#report(new RangeError("not a web address"));
      return newDraft([unreadablePlan(text, httpPort)], "own_fault");
    }
    const gateMs = Math.min(this.#limits.gateMs, timeoutMs * GATE_SHARE);
    const session = this.#session(gate, timeoutMs - gateMs, order);
    const entry = entryPlan(url, httpPort);
    const variant = variantPlan(url, entry);
    const plans: AuditWork["plans"] = variant === null ? [entry] : [entry, variant];
    const draft = newDraft(plans);
    const [dns, stopwatch] = [this.#dns, this.#stopwatch];
    const tools = this.#tools(session, certificates);
    const progress = (step: AuditStep) => this.#tell(order, step);
    const work = { url, plans, draft, tools, dns, stopwatch, progress };
    const steps = guarded("steps", this.#report, () => runSteps(work));
    await orOver(steps, session.signal, session.remaining());
    return draft;
  }

  #tools(session: AuditSession, certificates: CertificateShelf): AuditTools {
    return {
      session,
      limits: this.#limits,
      slots: createSlots(MAX_CONNECTIONS),
      offers: this.#offers,
      certificates,
      nameOf: (host) => this.#dns.seeName(host, session),
      report: this.#report,
    };
  }

  /** The gate after the last packet; what could not be looked at in time is not proven. */
  async #lookAgain({ confirmGate, signal }: AuditOrder, ms: number) {
    const again = guarded("gate", this.#report, async () => gateSight(await confirmGate()));
    const seen = await orOver(again, signal, ms);
    return seen === null || isUnseen(seen) ? NOTHING_PROVEN : seen;
  }
}

/** The value, or null if the time is over or the signal comes before it. */
function orOver<Value>(
  value: Promise<Value>,
  signal: AbortSignal | undefined,
  ms: number,
): Promise<Value | null> {
  return new Promise((resolve) => {
    const end = (result: Value | null) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", over);
      resolve(result);
    };
    const over = () => end(null);
    const timer = setTimeout(over, Math.max(0, ms));
    signal?.addEventListener("abort", over, { once: true });
    if (signal?.aborted) over();
    void value.then(end);
  });
}
