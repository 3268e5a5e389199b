import type { SkipReason } from "../domain/failure.ts";
import type { Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";

/** Which run a result belongs to. */
export type RunKey = Pick<ProbeResult, "portal" | "family" | "vantage" | "scheduledAt" | "attempt">;

/** The result of a run that our own limits kept from going anywhere. */
export function skippedResult(run: RunKey, skipReason: SkipReason): ProbeResult {
  const { portal, family, vantage, scheduledAt, attempt } = run;
  return {
    portal,
    family,
    vantage,
    scheduledAt,
    attempt,
    startedAt: scheduledAt,
    outcome: "skipped",
    failure: null,
    skipReason,
    status: null,
    address: null,
    phasesMs: { resolve: 0, connect: 0, tls: 0, processing: 0, transfer: 0 },
    totalMs: 0,
    redirects: [],
    bodyBytes: 0,
    loopLagMs: 0,
    certificate: null,
    addresses: [],
    evidence: null,
  };
}

/** The name under which a portal's family is known inside a thread. */
export function keyOf(portal: number, family: Family): string {
  return `${portal}/${family}`;
}
