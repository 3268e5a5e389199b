import type { Expr } from "../promql.ts";
import type { GroupJson, RuleJson } from "../rules.ts";
import type { KnownSeries } from "../series.ts";

/** One rule of Prometheus and what stands around it. */
export interface RuleSite {
  readonly group: GroupJson;
  readonly rule: RuleJson;
  readonly expr: Expr;
  readonly known: KnownSeries;
  readonly groups: readonly GroupJson[];
}

/** One thing that every rule keeps; a fault says what is wrong. */
export type RuleCheck = (site: RuleSite) => string[];
