import { FAMILIES, type Family } from "../domain/family.ts";
import type { Judgement } from "../domain/judgement.ts";
import type { CommonReason } from "../domain/reasons/index.ts";

const CLOSED: Readonly<Record<Family, CommonReason>> = {
  ip4: "vantage_no_ipv4",
  ip6: "vantage_no_ipv6",
};

const LEFT_OUT: CommonReason = "family_left_out";

/**
 * A judgement of an audit that was asked for these families alone: what is unknown because another one was left out
 * says so, and not that this place lacks it.
 */
export function withLeftOut<Judged extends Judgement>(
  judgement: Judged,
  families: readonly Family[],
): Judged {
  const closed = FAMILIES.filter((family) => !families.includes(family)).map((one) => CLOSED[one]);
  const named = <Item extends { readonly reason: string }>(item: Item): Item =>
    closed.some((reason) => reason === item.reason) ? { ...item, reason: LEFT_OUT } : item;
  const { findings, level, grade } = judgement;
  return {
    ...judgement,
    findings: findings.map(named),
    level: { ...level, blockers: level.blockers.map(named) },
    grade: { ...grade, blockers: grade.blockers.map(named) },
  };
}
