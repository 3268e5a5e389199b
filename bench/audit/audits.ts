import type { AuditObservation } from "../../src/domain/audit/observation.ts";
import { type Family } from "../../src/domain/family.ts";
import type { VantageState } from "../../src/domain/vantage.ts";
import { type Audit, createAudit } from "../../src/probes/audit/index.ts";
import { parseRootHints } from "../../src/probes/dns/index.ts";
import { createAuditTurns } from "../../src/prober/audit-turns.ts";
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

const healthy = (why: Family) => ({
  healthy: true,
  anchorsAnswered: 1,
  anchorsTried: 1,
  sourceAddress: null,
  why,
});

/** A place where everything works. */
const GATE: VantageState = {
  name: "bench",
  country: null,
  checkedAt: 1,
  families: { ip4: healthy("ip4"), ip6: healthy("ip6") },
  resolver: { usable: true, why: "" },
  dns64Prefix: null,
};

/** One audit of one portal, at a place where everything works. */
export function auditOnce(audit: Audit, url: string): Promise<AuditObservation> {
  return audit.run({ url }, { gate: GATE, confirmGate: async () => GATE });
}

/** Does something so often, some at a time. */
export async function someAtATime(
  times: number,
  atOnce: number,
  work: (number: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < times) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
