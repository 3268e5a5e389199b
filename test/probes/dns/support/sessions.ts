import { createSecureContext } from "node:tls";
import type { GateSight } from "../../../../src/domain/audit/gate.ts";
import { addressPolicy, parseNetworks } from "../../../../src/probes/address-policy.ts";
import { AuditSession, createTurns } from "../../../../src/probes/audit/session.ts";

/** What a test may want otherwise. */
export interface SessionChange {
  readonly gate?: Partial<GateSight>;
  readonly timeoutMs?: number;
  readonly tryGapMs?: number;
  readonly allowed?: string;
  readonly signal?: AbortSignal;
}

/** Loopback, and the addresses that namespaces are given. */
const ALLOWED = "127.0.0.0/8,::1/128,fd53::/16";

/** An audit of a place where everything works, or where what is named does not. */
export function session(change: SessionChange = {}): AuditSession {
  const parsed = parseNetworks(change.allowed ?? ALLOWED);
  if ("wrong" in parsed) throw new Error(`not a network: ${parsed.wrong}`);
  return new AuditSession({
    policy: addressPolicy(parsed.networks),
    trust: createSecureContext(),
    userAgent: "test",
    gate: {
      families: { ip4: true, ip6: true },
      resolverUsable: true,
      resolverDoubtful: false,
      dns64Prefix: null,
      ...change.gate,
    },
    turns: createTurns(),
    timeoutMs: change.timeoutMs ?? 60_000,
    tryGapMs: change.tryGapMs ?? 10,
    signal: change.signal,
    clock: Date.now,
  });
}
