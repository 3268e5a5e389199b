import { type AuditGate, gateOpen } from "../domain/audit/gate.ts";
import type { Family } from "../domain/family.ts";
import type { Finding } from "../domain/finding.ts";
import type { CommonReason, OwnReason } from "../domain/reasons/index.ts";
import type { Check } from "./check.ts";
import type { Apart } from "./told.ts";

/** Reasons that accuse nobody, but are drawn from connections that failed. */
const RESTS_ON_FAILURE: ReadonlySet<string> = new Set<Apart | OwnReason<"H2">>([
  "port_443_closed",
  "port_80_closed",
  "no_handshake",
  "no_answer",
]);

/**
 * The finding as far as this place could tell: a `warn` or `fail` whose packets went over a family that was not
 * proved to work before and after, or that rests on the word of a resolver in doubt, is `unknown` (V1 to V5).
 */
export function withGate(finding: Finding, check: Check, gate: AuditGate): Finding {
  const wrong = finding.verdict === "warn" || finding.verdict === "fail";
  if (!wrong && !RESTS_ON_FAILURE.has(finding.reason)) return finding;
  const closed = familiesOf(check, finding).find((family) => !gateOpen(gate, family));
  if (closed !== undefined)
    return doubted(finding, `vantage_no_${closed === "ip4" ? "ipv4" : "ipv6"}`);
  if (!check.resolverReasons?.includes(finding.reason)) return finding;
  const reason = resolverDoubt(gate);
  return reason === null ? finding : doubted(finding, reason);
}

function familiesOf({ transport }: Check, { family }: Finding): readonly Family[] {
  if (transport !== "own") return transport;
  return [family ?? "ip6"];
}

function resolverDoubt({ before, after }: AuditGate): CommonReason | null {
  const ends = [before, after];
  if (ends.some((end) => !end.resolverUsable)) return "resolver_unusable";
  if (ends.some((end) => end.dns64Prefix !== null)) return "vantage_dns64";
  return ends.some((end) => end.resolverDoubtful) ? "resolver_doubtful" : null;
}

function doubted(finding: Finding, reason: CommonReason): Finding {
  return { ...finding, verdict: "unknown", reason, causes: [] };
}
