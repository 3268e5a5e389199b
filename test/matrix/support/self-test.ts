import type { Lab } from "../../../lab/index.ts";
import { type AuditOrder } from "../../../src/probes/audit/index.ts";
import { type SelfTest, createSelfTest } from "../../../src/probes/index.ts";

/** The vantage point that stands in this lab, testing itself at the lab's anchors. */
export function selfTestIn(lab: Lab): SelfTest {
  return createSelfTest({
    name: "test",
    country: "VN",
    anchors: lab.anchors,
    dnsServers: [lab.dnsServer],
    allowedNetworks: lab.allowedNetworks.split(","),
    extraRoots: [lab.caPem],
    // Anchors here answer or refuse at once; a busy machine may be late.
    timeoutMs: 20_000,
  });
}

/** What an audit is told of the place: what it finds out now, and again when the audit ends. */
export async function orderFrom(selfTest: SelfTest): Promise<AuditOrder> {
  return { gate: await selfTest.check(), confirmGate: () => selfTest.check() };
}
