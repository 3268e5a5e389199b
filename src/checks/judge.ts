import type { AuditObservation } from "../domain/audit/observation.ts";
import type { CheckId, Finding } from "../domain/finding.ts";
import type { Judgement, RuleSet } from "../domain/judgement.ts";
import type { LightProbeHistory } from "../domain/readiness.ts";
import { CHECKS } from "./all.ts";
import type { Check, CheckContext } from "./check.ts";
import { conclude } from "./conclude.ts";
import { withGate } from "./gate.ts";
import { gradeOf } from "./grade.ts";
import { levelOf } from "./level.ts";

/** What an observation is judged by. */
export interface JudgeOptions {
  readonly rules: RuleSet;
  /** Light probes of the last thirty days; null where there are none to know of. */
  readonly history: LightProbeHistory | null;
  /** The checks to run; all of them unless a test says otherwise. */
  readonly checks?: readonly Check[] | undefined;
}

/** A check that threw: a fault of ours, for the caller to log; its findings are `unknown` with `own_fault`. */
export interface CheckFault {
  readonly check: CheckId;
  readonly error: unknown;
}

/** A judgement with the faults of ours that came up on the way. */
export interface Judged extends Judgement {
  readonly faults: readonly CheckFault[];
}

/** Everything that the rules conclude from one observation. Pure and total: it never throws. */
export function judge(observation: AuditObservation, options: JudgeOptions): Judged {
  const { rules, history, checks = CHECKS } = options;
  const faults: CheckFault[] = [];
  const context = { at: observation.endedAt, rules };
  const findings = checks.flatMap((check) => run(check, observation, context, faults));
  const { gate } = observation.facts;
  return {
    ruleset: rules.version,
    findings,
    level: levelOf(findings, { gate, rules, history }),
    grade: gradeOf(findings),
    faults,
  };
}

function run(
  check: Check,
  observation: AuditObservation,
  context: CheckContext,
  faults: CheckFault[],
): readonly Finding[] {
  try {
    const findings = check.judge(observation, context);
    return findings.map((finding) => withGate(finding, check, observation.facts.gate));
  } catch (error) {
    faults.push({ check: check.id, error });
    return check.about.map((family) => conclude(check.id, family, "own_fault"));
  }
}
