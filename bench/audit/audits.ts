import type { AuditObservation } from "../../src/domain/audit/observation.ts";
import { type Audit, createAudit } from "../../src/probes/audit/index.ts";
import { parseRootHints } from "../../src/probes/dns/index.ts";
import { createAuditTurns } from "../../src/prober/audit-turns.ts";
import { vantage } from "../../test/probes/support/runs.ts";
import type { LabFacts } from "./lab-process.ts";

/** Connections to one address at a time: all portals of the lab share ::1, where a real audit is mostly alone. */
const PER_ADDRESS = 16;

/** Audits as the audit thread makes them, of portals of a lab. Throws what is a fault of ours. */
export function auditsIn(lab: LabFacts): Audit {
  const parsed = parseRootHints(lab.rootHints);
  if ("wrong" in parsed) throw new Error(parsed.wrong);
  return createAudit({
    vantage: "bench",
    dnsServers: [lab.dnsServer],
    rootHints: parsed.hints,
    authorityPort: lab.authorityPort,
    httpPort: lab.httpPort,
    allowedNetworks: lab.allowedNetworks.split(","),
    extraRoots: [lab.caPem],
    contact: null,
    timeoutMs: 240_000,
    tryGapMs: 20_000,
    turns: createAuditTurns(PER_ADDRESS),
    onFault: (fault) => {
      throw fault;
    },
  });
}

/** A place where everything works. */
const GATE = vantage({ name: "bench" });

/** One audit of one portal, at a place where everything works. */
export function auditOnce(audit: Audit, url: string): Promise<AuditObservation> {
  return audit.run({ url }, { gate: GATE, confirmGate: async () => GATE });
}
