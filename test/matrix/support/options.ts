import type { AuditOptions } from "../../../src/probes/audit/index.ts";
import { NO_TURNS, QUICK } from "../../probes/audit/support/lab-audits.ts";

/** Options of audits on loopback, whose names nobody resolves unless a scene says who. */
export function loopbackAuditOptions(change: Partial<AuditOptions> = {}): AuditOptions {
  return {
    vantage: "test",
    dnsServers: ["127.0.0.1:9"],
    rootHints: [],
    authorityPort: 9,
    httpPort: 9,
    allowedNetworks: ["127.0.0.0/8", "::1/128"],
    extraRoots: [],
    contact: null,
    timeoutMs: 15_000,
    tryGapMs: 20,
    turns: NO_TURNS,
    limits: QUICK,
    onFault: (fault) => {
      throw fault;
    },
    ...change,
  };
}
