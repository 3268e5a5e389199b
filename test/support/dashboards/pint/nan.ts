import { walk } from "../promql.ts";
import type { RuleCheck } from "./rule.ts";

const SPOILED = new Set(["sum", "avg"]);

/** One division of 0 by 0 makes a whole sum or mean no number: divide sums instead. */
export const nan: RuleCheck = ({ expr }) =>
  [...walk(expr)].flatMap((each) =>
    each.kind === "aggregate" && SPOILED.has(each.op) && each.args.some(divides)
      ? [`${each.op} of quotients`]
      : [],
  );

function divides(expr: Parameters<typeof walk>[0]): boolean {
  return expr.kind === "binary" && expr.op === "/" && expr.right.kind !== "literal";
}
