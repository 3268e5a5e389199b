import { type Expr, isNewlyThere, parsePromql } from "../promql.ts";
import type { GroupJson } from "../rules.ts";
import type { RuleCheck } from "./rule.ts";

/** Series that are there only while what they say holds: to select one is a condition. */
const STATES = new Set([
  "portal_incident_open",
  "portal_incident_in_common_cause",
  "incident_common_cause_portals",
]);

const COMPARISONS = new Set(["==", "!=", ">", ">=", "<", "<="]);

/** An alert has a condition, or it would always speak; Watchdog is there to. */
export const comparison: RuleCheck = ({ rule, expr, groups }) => {
  if (rule.alert === undefined || rule.alert === "Watchdog") return [];
  return hasCondition(expr, groups, [])
    ? []
    : ["it has no condition: it fires while there is any series"];
};

function hasCondition(
  expr: Expr,
  groups: readonly GroupJson[],
  within: readonly string[],
): boolean {
  const inner = (each: Expr) => hasCondition(each, groups, within);
  switch (expr.kind) {
    case "selector":
      return STATES.has(expr.metric) || isRecordedCondition(expr.metric, groups, within);
    case "call":
      return expr.name.startsWith("absent") || expr.args.some(inner);
    case "aggregate":
      return expr.args.some(inner);
    case "range":
      return inner(expr.of);
    case "binary":
      if (COMPARISONS.has(expr.op)) return !expr.bool;
      // Either side of `or` speaks alone.
      if (expr.op === "or") return inner(expr.left) && inner(expr.right);
      if (expr.op === "unless") return isNewlyThere(expr) || inner(expr.left);
      return inner(expr.left) || inner(expr.right);
    default:
      return false;
  }
}

/** Whether a series is recorded only while something holds; one that continues itself does not count for itself. */
function isRecordedCondition(
  name: string,
  groups: readonly GroupJson[],
  within: readonly string[],
): boolean {
  if (within.includes(name)) return true;
  const rules = groups.flatMap(({ rules }) => rules).filter(({ record }) => record === name);
  return (
    rules.length > 0 &&
    rules.every(({ expr }) => hasCondition(parsePromql(expr), groups, [...within, name]))
  );
}
