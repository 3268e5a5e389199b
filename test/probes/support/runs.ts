import type { Lab } from "../../../lab/index.ts";
import type { Family } from "../../../src/domain/family.ts";
import type { ProbeResult } from "../../../src/domain/observation.ts";
import type { Expectation, ProbeTarget } from "../../../src/domain/portal.ts";
import type { FamilyHealth, VantageState } from "../../../src/domain/vantage.ts";
import type { ProbeOptions, RunOrder } from "../../../src/probes/index.ts";

const HEALTHY: FamilyHealth = {
  healthy: true,
  anchorsAnswered: 3,
  anchorsTried: 3,
  sourceAddress: null,
  why: "Works.",
};

/** A vantage point where everything works, or where what is named does not. */
export function vantage(change: Partial<VantageState> & { closed?: readonly Family[] } = {}) {
  const { closed = [], ...rest } = change;
  const health = (family: Family) => ({ ...HEALTHY, healthy: !closed.includes(family) });
  return {
    name: "test",
    country: null,
    checkedAt: 1,
    families: { ip4: health("ip4"), ip6: health("ip6") },
    resolver: { usable: true, why: "Works." },
    dns64Prefix: null,
    ...rest,
  } satisfies VantageState;
}

/** A first run over one family where everything works. */
export function order(family: Family, change: Partial<RunOrder> = {}): RunOrder {
  return { family, scheduledAt: 1000, attempt: 0, gate: vantage(), ...change };
}

/** A portal of this URL. */
export function target(url: string, expectation: Expectation = {}): ProbeTarget {
  return { portal: 7, slug: "portal", url, expectation };
}

/** Options of a probe on loopback; nothing that the machine is busy with makes a run unknown. */
export function loopbackOptions(
  dnsServer: string,
  change: Partial<ProbeOptions> = {},
): ProbeOptions {
  return {
    vantage: "test",
    dnsServers: [dnsServer],
    timeoutMs: 2000,
    allowedNetworks: ["127.0.0.0/8", "::1/128"],
    lagLimitMs: 60_000,
    ...change,
  };
}

/** Options of a probe in this lab. */
export function labOptions(lab: Lab, change: Partial<ProbeOptions> = {}): ProbeOptions {
  const allowedNetworks = lab.allowedNetworks.split(",");
  return loopbackOptions(lab.dnsServer, { allowedNetworks, extraRoots: [lab.caPem], ...change });
}

/** What a run came to, in one line: outcome, failure or reason, source. */
export function verdict({ outcome, failure, skipReason }: ProbeResult): string {
  return [outcome, failure?.kind ?? skipReason, failure?.source].filter(Boolean).join(" ");
}
