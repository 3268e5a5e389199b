import { CURRENT_RULES, judge } from "../../../src/checks/index.ts";
import type { Judgement } from "../../../src/domain/judgement.ts";
import type { LightProbeHistory } from "../../../src/domain/readiness.ts";
import type { Audit, AuditOrder } from "../../../src/probes/audit/index.ts";
import { auditOrder } from "../../probes/audit/support/lab-audits.ts";

/** One audit to be made. */
export interface Scene {
  readonly name: string;
  readonly url: string;
  readonly audit: Audit;
  readonly order?: AuditOrder | undefined;
}

/** Audits at a time: few enough for a busy machine to keep every server of a lab well within its limits. */
const AT_ONCE = 10;

/** Audits every scene, several at a time in the order given, and judges what was seen. */
export async function judgeAudits(
  scenes: readonly Scene[],
  history: LightProbeHistory | null = null,
): Promise<Record<string, Judgement>> {
  const judged: Record<string, Judgement> = {};
  const queue = scenes.values();
  const work = async () => {
    for (const { name, url, audit, order } of queue) {
      const observation = await audit.run({ url }, order ?? auditOrder());
      const { faults, ...judgement } = judge(observation, { rules: CURRENT_RULES, history });
      for (const { check, error } of faults)
        throw new Error(`${check} of ${name}`, { cause: error });
      judged[name] = judgement;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return judged;
}
