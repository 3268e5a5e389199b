import { parsePromql } from "../promql.ts";
import { type GroupJson, nameOf } from "../rules.ts";
import type { KnownSeries } from "../series.ts";
import { annotations } from "./annotations.ts";
import { comparison } from "./comparison.ts";
import { counters } from "./counters.ts";
import { durations } from "./durations.ts";
import { impossible } from "./impossible.ts";
import { labels } from "./labels.ts";
import { names } from "./names.ts";
import { nan } from "./nan.ts";
import { regexp } from "./regexp.ts";
import type { RuleCheck } from "./rule.ts";
import { template } from "./template.ts";

/** What every rule of Prometheus keeps: those of pint's checks that need no running Prometheus. */
const RULE_CHECKS: Readonly<Record<string, RuleCheck>> = {
  annotations,
  comparison,
  counters,
  durations,
  impossible,
  labels,
  names,
  nan,
  regexp,
  template,
};

/** All faults of these groups, as `rule, check: what`. */
export function ruleFaults(groups: readonly GroupJson[], known: KnownSeries): string[] {
  return groups.flatMap((group) =>
    group.rules.flatMap((rule) => {
      const site = { group, rule, expr: parsePromql(rule.expr), known, groups };
      return Object.entries(RULE_CHECKS).flatMap(([name, check]) =>
        check(site).map((fault) => `${nameOf(rule)}, ${name}: ${fault}`),
      );
    }),
  );
}
