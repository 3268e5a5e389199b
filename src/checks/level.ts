import { type AuditGate, gateOpen } from "../domain/audit/gate.ts";
import type { Finding } from "../domain/finding.ts";
import type { LevelReading, RuleSet } from "../domain/judgement.ts";
import { HISTORY_DAYS, type LightProbeHistory, type ReadinessLevel } from "../domain/readiness.ts";
import {
  all,
  blockers,
  climb,
  type Condition,
  Findings,
  type Met,
  needs,
  type Step,
  type Truth,
} from "./condition.ts";

/** What a level is read from beside the findings. */
export interface LevelContext {
  readonly gate: AuditGate;
  readonly rules: RuleSet;
  readonly history: LightProbeHistory | null;
}

/** At least one IPv6 address accepts TCP on the port that IPv4 serves: 443, else 80. */
const reached: Condition = (findings) => {
  const ip6 = findings.of("W1", "ip6");
  const blocker = { check: "W1", family: "ip6", reason: ip6?.reason ?? "own_fault" } as const;
  return { truth: reachTruth(ip6, findings.of("W1", "ip4")), blocker };
};

function reachTruth(ip6: Finding | undefined, ip4: Finding | undefined): Truth {
  if (ip6 === undefined) return "maybe";
  if (ip6.reason === "some_closed_rest_unseen") return "maybe";
  if (ip6.verdict === "pass" || ip6.verdict === "warn" || ip6.reason === "partly_seen")
    return "yes";
  if (ip6.verdict === "unknown" || ip6.verdict === "not_applicable") return "maybe";
  if (ip6.reason === "none_open") return "no";
  // Port 443 is closed over IPv6 and port 80 is not, or may not be: it depends on what IPv4 offers.
  if (ip4 === undefined || openIsUnsure(ip4)) return "maybe";
  const secureOverIp4 = ip4.verdict !== "fail" && ip4.verdict !== "not_applicable";
  if (secureOverIp4) return "no";
  return ip6.reason === "only_port_80" ? "yes" : "maybe";
}

function openIsUnsure({ verdict, reason }: Finding): boolean {
  if (reason === "some_closed_rest_unseen") return true;
  return verdict === "unknown" && reason !== "partly_seen";
}

/** Everything that the page loads from its own domain works; third parties are not held against it. */
const ownResources: Condition = (findings) => {
  const met = needs("W8", null, "pass", { reason: "third_party_missing" })(findings);
  const open = met.blocker.reason === "third_party_missing_own_unsure";
  return open ? { ...met, truth: "maybe" } : met;
};

/** What lifts a portal above LX. */
const L1: readonly Condition[] = [needs("D2", null, "pass", "not_applicable"), reached];

/** Every address opens 443 and completes TLS, and the web server answers; certificates are not yet asked for. */
const L2: readonly Condition[] = [
  needs("W1", "ip6", "pass", { reason: "port_80_differs" }),
  needs("W2", "ip6", "pass"),
  needs("W5", "ip6", "pass"),
];

/** A valid certificate on every address, and every host on the way works over IPv6. */
const L3: readonly Condition[] = [needs("W3", "ip6", "pass", "warn"), needs("W6", null, "pass")];

/** The same page and the same success as over IPv4, and two name servers over IPv6; thirty days of history too. */
const L4: readonly Condition[] = [
  needs("W7", null, "pass", "not_applicable"),
  needs("W5", "ip4", "pass", { reason: "no_ip4_address" }),
  needs("D3", null, "pass", "not_applicable"),
];

/** Nothing on the way needs IPv4: not the delegation, not what the page loads from the portal's own domain. */
const L5: readonly Condition[] = [needs("D4", null, "pass", "not_applicable"), ownResources];

/** The readiness level that one audit proves, the best that it leaves possible, and what is in the way of the next. */
export function levelOf(given: readonly Finding[], context: LevelContext): LevelReading {
  const findings = new Findings(given);
  const run = (conditions: readonly Condition[]) => conditions.map((one) => one(findings));
  const steps: readonly Step<ReadinessLevel>[] = [
    { value: "L1", met: run(L1) },
    { value: "L2", met: run(L2) },
    { value: "L3", met: run(L3) },
    { value: "L4", met: [...run(L4), ...history(context)] },
    { value: "L5", met: run(L5) },
  ];
  const aaaa = needs("D1", null, "pass")(findings);
  if (aaaa.truth === "no") {
    const reading = { level: "L0", possible: "L0", provisionalDays: null } as const;
    return { ...reading, blockers: [aaaa.blocker] };
  }
  const possible = climb("LX", steps, ["yes", "maybe"]);
  const untold = aaaa.truth === "maybe" || !gateOpen(context.gate, "ip6");
  // Whether it is LX is open: nothing is proven, and nobody is accused.
  const open = all(steps[0]?.met ?? []) === "maybe";
  if (untold || open) return { level: "U", possible, provisionalDays: null, blockers: [] };
  const level = climb("LX", steps, ["yes"]);
  const next = steps.find((step) => all(step.met) !== "yes");
  const provisionalDays = provisional(level, run(L4), context);
  return { level, possible, provisionalDays, blockers: blockers(next?.met ?? []) };
}

function provisional(
  level: ReadinessLevel,
  audited: readonly Met[],
  { history }: LevelContext,
): number | null {
  const days = history?.days ?? 0;
  return level === "L3" && all(audited) === "yes" && days < HISTORY_DAYS ? days : null;
}

/** Ratios are quotients: 1 − 0.99 is a little more than 0.01. */
const ROUNDING = 1e-9;

/** What thirty days of light probes say of L4; fewer days leave it open. */
function history({ history: seen, rules }: LevelContext): readonly Met[] {
  const met = (truth: Truth, reason: string): Met => {
    return { truth, blocker: { check: "W5", family: "ip6", reason } };
  };
  if (seen === null || seen.days < HISTORY_DAYS || seen.successRatio.ip6 === null) {
    return [met("maybe", "history_short")];
  }
  const { ip4, ip6 } = seen.successRatio;
  const below = ip4 !== null && ip4 - ip6 > rules.successGap + ROUNDING;
  return [
    met(ip6 >= rules.successRatio ? "yes" : "no", "success_low"),
    met(below ? "no" : "yes", "success_below_ip4"),
  ];
}
