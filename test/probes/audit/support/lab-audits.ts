import type { Lab } from "../../../../lab/index.ts";
import type { AddressSight } from "../../../../src/domain/audit/host.ts";
import type { AuditObservation } from "../../../../src/domain/audit/observation.ts";
import { isUnseen } from "../../../../src/domain/audit/sight.ts";
import type { Family } from "../../../../src/domain/family.ts";
import type {
  AuditLimits,
  AuditOptions,
  AuditOrder,
  Turns,
} from "../../../../src/probes/audit/index.ts";
import { createAudit } from "../../../../src/probes/audit/index.ts";
import { parseRootHints } from "../../../../src/probes/dns/index.ts";
import { vantage } from "../../support/runs.ts";

/** Limits under which every lab portal still answers in time on a busy machine, and none keeps a test for long. */
export const QUICK: AuditLimits = { tcpMs: 1000, tlsMs: 1500, httpMs: 2500, gateMs: 5000 };

/** No turns: all portals of the lab share ::1, where audits side by side would have to wait for each other. */
export const NO_TURNS: Turns = { at: async () => () => undefined };

/** Options of audits in this lab; a fault of ours fails the test. */
export function labAuditOptions(lab: Lab, change: Partial<AuditOptions> = {}): AuditOptions {
  const parsed = parseRootHints(lab.rootHints);
  if ("wrong" in parsed) throw new Error(parsed.wrong);
  return {
    vantage: "test",
    dnsServers: [lab.dnsServer],
    rootHints: parsed.hints,
    authorityPort: lab.authorityPort,
    httpPort: lab.httpPort,
    allowedNetworks: lab.allowedNetworks.split(","),
    extraRoots: [lab.caPem],
    contact: null,
    timeoutMs: 60_000,
    tryGapMs: 20,
    limits: QUICK,
    onFault: (fault) => {
      throw fault;
    },
    ...change,
  };
}

/** An order at a vantage point where everything works before and after. */
export function auditOrder(change: Partial<AuditOrder> = {}): AuditOrder {
  return { gate: vantage(), confirmGate: async () => vantage(), ...change };
}

/** One audit of one portal of the lab. */
export async function auditOf(
  lab: Lab,
  id: string,
  change: { options?: Partial<AuditOptions>; order?: Partial<AuditOrder> } = {},
): Promise<AuditObservation> {
  const audit = createAudit(labAuditOptions(lab, change.options));
  try {
    return await audit.run({ url: lab.portal(id).url }, auditOrder(change.order));
  } finally {
    audit.close();
  }
}

/** The first address of the entry host over one family. */
export function entryOf({ facts }: AuditObservation, family: Family = "ip4"): AddressSight {
  const found = facts.hosts[0]?.addresses.find((address) => address.family === family);
  if (found === undefined) throw new Error(`no address over ${family} was looked at`);
  return found;
}

/** What a sight came to in one word: its outcome or why there is none. */
export function word(sight: object): string {
  if (isUnseen(sight)) return sight.unseen;
  return "outcome" in sight ? String(sight.outcome) : "seen";
}
