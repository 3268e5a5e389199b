import type { RuleSet } from "../domain/judgement.ts";

/** The first rule set. Thresholds without a source are ours, to be tuned on measured data by a new version. */
const NOVEMBER_2026: RuleSet = {
  version: "2026-11",
  // One year: hstspreload.org, US BOD 18-01, internet.nl.
  hstsSeconds: 31_536_000,
  // Ours: time enough to renew by hand; ACME clients renew at a third of a certificate's life, which is respected.
  certificateDays: 30,
  // As internet.nl: bodies that differ by at most a tenth are the same page.
  similarityRatio: 0.9,
  // Ours.
  slowerRatio: 1.5,
  slowerMs: 100,
  // Ours; no official measure of "hoạt động tốt với IPv6" was found.
  successRatio: 0.99,
  successGap: 0.01,
};

/** Every rule set that ever judged, oldest first; none of them ever changes. */
export const RULE_SETS: readonly RuleSet[] = [NOVEMBER_2026];

/** The rule set that judges new audits. */
export const CURRENT_RULES: RuleSet = NOVEMBER_2026;

/** The rule set of this version; undefined if there is none. */
export function ruleSet(version: string): RuleSet | undefined {
  return RULE_SETS.find((rules) => rules.version === version);
}
