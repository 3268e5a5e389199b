import { type Expr, walk } from "../promql.ts";
import type { RuleCheck } from "./rule.ts";

/** Series whose value is always 1. */
const ALWAYS_ONE = /(?:_info|^portal_incident_(?:open|held|in_common_cause)|^portal_finding)$/;

/** Conditions that no sample can meet. */
export const impossible: RuleCheck = ({ expr }) => [...walk(expr)].flatMap(faultsOf);

function faultsOf(expr: Expr): string[] {
  if (expr.kind === "selector") return contradictions(expr.metric, expr.matchers);
  if (expr.kind !== "binary") return [];
  const { op, left, right, bool } = expr;
  if (op === "and" && left.kind === "binary" && right.kind === "binary") return apart(left, right);
  const limit = numberOf(right);
  if (limit === null || bool) return [];
  const value = left.kind === "selector" && ALWAYS_ONE.test(left.metric) ? 1 : numberOf(left);
  if (value !== null && !compare(value, op, limit))
    return [`${value} ${op} ${limit} is never true`];
  const isTruth = left.kind === "binary" && left.bool;
  if (isTruth && ![0, 1].some((each) => compare(each, op, limit)))
    return [`a truth of 0 or 1 is never ${op} ${limit}`];
  return [];
}

type Matchers = Extract<Expr, { kind: "selector" }>["matchers"];

function contradictions(metric: string, matchers: Matchers): string[] {
  const equal = matchers.filter(({ op }) => op === "=");
  return equal
    .filter(({ label, value }) =>
      matchers.some(
        (other) =>
          other.label === label &&
          ((other.op === "=" && other.value !== value) ||
            (other.op === "!=" && other.value === value)),
      ),
    )
    .map(({ label }) => `${metric} is selected by two values of ${label}`);
}

/** `x > 5 and x < 3`, of the same x. */
function apart(one: Extract<Expr, { kind: "binary" }>, other: typeof one): string[] {
  if (JSON.stringify(one.left) !== JSON.stringify(other.left)) return [];
  const lower = [one, other].find(({ op }) => op.startsWith(">"));
  const upper = [one, other].find(({ op }) => op.startsWith("<"));
  const from = lower && numberOf(lower.right);
  const to = upper && numberOf(upper.right);
  if (from == null || to == null || from < to) return [];
  return [`nothing is ${lower?.op} ${from} and ${upper?.op} ${to}`];
}

function numberOf(expr: Expr): number | null {
  if (expr.kind === "call" && expr.name === "vector" && expr.args[0]) return numberOf(expr.args[0]);
  if (expr.kind !== "literal" || expr.text.trim() === "") return null;
  const number = Number(expr.text);
  return Number.isNaN(number) ? null : number;
}

function compare(value: number, op: string, limit: number): boolean {
  switch (op) {
    case "==":
      return value === limit;
    case "!=":
      return value !== limit;
    case ">":
      return value > limit;
    case ">=":
      return value >= limit;
    case "<":
      return value < limit;
    case "<=":
      return value <= limit;
    default:
      return true;
  }
}
