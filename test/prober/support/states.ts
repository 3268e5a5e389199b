import type { ProbeResult } from "../../../src/domain/observation.ts";
import type { FamilyHealth, VantageState } from "../../../src/domain/vantage.ts";

/** A family as a self-test finds it. */
function health(healthy: boolean): FamilyHealth {
  const anchorsAnswered = healthy ? 3 : 0;
  return { healthy, anchorsAnswered, anchorsTried: 3, sourceAddress: null, why: "made up" };
}

/** A vantage point with these gates open. */
export function vantage(ip4: boolean, ip6: boolean, resolver = true): VantageState {
  return {
    name: "test",
    country: null,
    checkedAt: 1,
    families: { ip4: health(ip4), ip6: health(ip6) },
    resolver: { usable: resolver, why: "made up" },
    dns64Prefix: null,
  };
}

/** A good run of portal 1 over IPv4, but for what is given. */
export function result(given: Partial<ProbeResult> = {}): ProbeResult {
  return {
    portal: 1,
    family: "ip4",
    vantage: "test",
    scheduledAt: 60_000,
    attempt: 0,
    startedAt: 60_000,
    outcome: "ok",
    failure: null,
    skipReason: null,
    status: 200,
    address: "192.0.2.1",
    phasesMs: { resolve: 1, connect: 1, tls: 1, processing: 1, transfer: 1 },
    totalMs: 5,
    redirects: [],
    bodyBytes: 100,
    loopLagMs: 0,
    certificate: null,
    addresses: ["192.0.2.1"],
    evidence: null,
    ...given,
  };
}
