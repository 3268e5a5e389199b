import { expect, test } from "vitest";
import { prometheusBoards } from "../support/dashboards/boards.ts";
import { EXPOSED } from "../support/dashboards/exposed.ts";
import { readQueries } from "../support/dashboards/lint/read-queries.ts";
import { ruleFaults } from "../support/dashboards/pint/all.ts";
import { OUTSIDE } from "../support/dashboards/outside.ts";
import { knownSeries } from "../support/dashboards/known.ts";
import { type Expr, parsePromql, walk } from "../support/dashboards/promql.ts";
import { allGroups } from "../support/dashboards/rules.ts";
import { UNUSED } from "../support/dashboards/unused.ts";

/** Names of the series in expressions; of a histogram its own name. */
function namesIn(exprs: readonly Expr[]): Set<string> {
  const names = exprs
    .flatMap((expr) => [...walk(expr)])
    .flatMap((each) => (each.kind === "selector" ? [each.metric] : []));
  return new Set(
    names.map((name) => (EXPOSED.has(name) ? name : name.replace(/_(?:bucket|sum|count)$/, ""))),
  );
}

const inBoards = () =>
  prometheusBoards().flatMap(({ board }) =>
    readQueries(board).flatMap((query) => ("parsed" in query ? [query.parsed] : [])),
  );
const inRules = () =>
  allGroups().flatMap(({ rules }) => rules.map(({ expr }) => parsePromql(expr)));

test("every series is used by a dashboard or a rule, or listed with the reason why not", () => {
  const used = namesIn([...inBoards(), ...inRules()]);
  const recorded = allGroups().flatMap(({ rules }) => rules.flatMap(({ record = [] }) => record));
  const idle = [...EXPOSED.keys(), ...recorded, ...OUTSIDE.keys()].filter(
    (name) => !used.has(name),
  );
  expect(idle.toSorted()).toEqual([...UNUSED.keys()].toSorted());
});

test("our rules have no fault", () => {
  expect(ruleFaults(allGroups(), knownSeries())).toEqual([]);
});
