import { PHASES, type ProbeResult } from "../domain/observation.ts";
import type { VantageState } from "../domain/vantage.ts";

/** The object that `probe --json` prints for one family; durations in milliseconds. */
export function probeJson(url: string, result: ProbeResult): object {
  return {
    url,
    family: result.family,
    vantage: result.vantage,
    outcome: result.outcome,
    failure: result.failure,
    status: result.status,
    address: result.address,
    phases_ms: result.phasesMs,
    total_ms: result.totalMs,
    redirects: result.redirects,
    certificate: result.certificate,
    addresses: result.addresses,
    body_bytes: result.bodyBytes,
    loop_lag_ms: result.loopLagMs,
    evidence: result.evidence,
  };
}

/** What an outcome means, for people. */
const OUTCOME_WORDS: Readonly<Record<ProbeResult["outcome"], string>> = {
  ok: "works",
  degraded: "works, but not as it should",
  fail: "does not work",
  unknown: "could not be told from here",
  no_address: "has no address of this family",
  skipped: "was not probed",
};

/** One family's result in a few lines for a person. */
export function probeText(result: ProbeResult, vantage: VantageState): string[] {
  const { family, outcome, failure, status, address, certificate, totalMs } = result;
  const name = family === "ip4" ? "IPv4" : "IPv6";
  const why = failure === null ? "" : ` – ${failure.kind} (${failure.source})`;
  const phases = PHASES.map((phase) => `${phase} ${Math.round(result.phasesMs[phase])}`).join(", ");
  return [
    `${name}: ${OUTCOME_WORDS[outcome]}${why}`,
    ...(failure?.source === "internal" && !vantage.families[family].healthy
      ? [`  here: ${vantage.families[family].why}`]
      : []),
    ...(failure?.kind === "resolver_unusable" ? [`  here: ${vantage.resolver.why}`] : []),
    ...(address === null
      ? []
      : [`  answered: ${address}${status === null ? "" : `, HTTP ${status}`}`]),
    ...result.redirects.map((hop) => `  redirect: ${hop.url} (${hop.status ?? "no answer"})`),
    ...(certificate === null
      ? []
      : [
          `  certificate: ${certificate.subject}, valid until ${certificate.notAfter.slice(0, 10)}`,
        ]),
    `  ${Math.round(totalMs)} ms (${phases})`,
  ];
}
