export { CHECKS } from "./all.ts";
export type { Check, CheckContext } from "./check.ts";
export { type CheckFault, judge, type Judged, type JudgeOptions } from "./judge.ts";
export { CURRENT_RULES, RULE_SETS, ruleSet } from "./rule-sets.ts";
