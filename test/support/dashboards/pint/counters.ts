import { counterFaults } from "../lint/promql.ts";
import type { RuleCheck } from "./rule.ts";

/** Counters are read as counters, and gauges are not. */
export const counters: RuleCheck = ({ expr, known }) => counterFaults(expr, known);
