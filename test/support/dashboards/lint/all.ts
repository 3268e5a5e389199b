import { datasources } from "./datasources.ts";
import { identity } from "./identity.ts";
import { layout } from "./layout.ts";
import { links } from "./links.ts";
import { promql } from "./promql.ts";
import type { BoardRule } from "./rule.ts";
import { series } from "./series.ts";
import { targets } from "./targets.ts";
import { units } from "./units.ts";
import { variables } from "./variables.ts";
import { words } from "./words.ts";

/** What every dashboard keeps: the applicable rules of Grafana's dashboard-linter, and some of our own. */
export const BOARD_RULES: Readonly<Record<string, BoardRule>> = {
  identity,
  layout,
  words,
  units,
  datasources,
  variables,
  targets,
  promql,
  series,
  links,
};

/** Rules about queries in PromQL, which dashboards of PostgreSQL have none of. */
export const ONLY_PROMETHEUS: ReadonlySet<string> = new Set(["promql", "series"]);
