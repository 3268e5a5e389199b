import { addressPolicy, parseNetworks } from "./address-policy.ts";
import { createCertificateReader } from "./certificate.ts";
import type { ProbeOptions } from "./probe-options.ts";
import type { ProbeTools } from "./run.ts";
import { CLASSIC_GROUPS, trustedContext } from "./trust.ts";
import { userAgent } from "./user-agent.ts";

/** The tools that these options ask for; throws a RangeError if a network can't be read. */
export function probeTools(
  options: Pick<ProbeOptions, "timeoutMs"> &
    Partial<
      Pick<ProbeOptions, "allowedNetworks" | "extraRoots" | "acquireAddress" | "contact" | "clock">
    >,
): ProbeTools {
  const allowed = parseNetworks((options.allowedNetworks ?? []).join(","));
  if ("wrong" in allowed) throw new RangeError(`not a network: ${allowed.wrong}`);
  return {
    policy: addressPolicy(allowed.networks),
    trust: trustedContext(options.extraRoots ?? [], { ecdhCurve: CLASSIC_GROUPS }),
    certificates: createCertificateReader(),
    acquireAddress: options.acquireAddress ?? (() => () => undefined),
    userAgent: userAgent(options.contact ?? null),
    timeoutMs: options.timeoutMs,
    clock: options.clock ?? Date.now,
  };
}
