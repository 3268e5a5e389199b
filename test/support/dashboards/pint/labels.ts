import { followLabels } from "../labels.ts";
import { wrongValues } from "../values.ts";
import type { RuleCheck } from "./rule.ts";

/** What a rule selects, groups and joins by exists: otherwise it never fires. */
export const labels: RuleCheck = ({ expr, known }) => [
  ...followLabels(expr, known).faults,
  ...wrongValues(expr),
];
