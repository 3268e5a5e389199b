import { panelsOf } from "../boards.ts";
import { type Expr, isNewlyThere, walk } from "../promql.ts";
import { factsOf, isRecorded, type KnownSeries } from "../series.ts";
import { readQueries } from "./read-queries.ts";
import type { BoardRule } from "./rule.ts";

/** Functions that look at a counter as one. */
const OF_COUNTERS = new Set(["rate", "irate", "increase", "resets"]);

/** Functions and aggregations that do not look at the number that a counter stands at. */
const BLIND = new Set([
  "absent",
  "absent_over_time",
  "present_over_time",
  "count_over_time",
  "timestamp",
  "count",
  "group",
]);

/** Queries are PromQL, take counters as counters, and look back as far as the step of the panel asks. */
export const promql: BoardRule = (board, { known }) => [
  ...readQueries(board).flatMap((query) => {
    const faults = "error" in query ? [query.error] : counterFaults(query.parsed, known);
    return faults.map((fault) => `${query.place}: ${fault}`);
  }),
  ...fixedRanges(board),
];

/** Counters of which a query takes the number they stand at, and gauges that it takes for counters. */
export function counterFaults(expr: Expr, known: KnownSeries): string[] {
  return [...walk(expr)].flatMap((each) => {
    const reader = each.kind === "call" ? each.name : each.kind === "aggregate" ? each.op : null;
    if (reader !== null && OF_COUNTERS.has(reader)) return gaugeFaults(each, reader, known);
    if (reader !== null && BLIND.has(reader)) return [];
    return directCounters(each, known);
  });
}

function gaugeFaults(expr: Expr, reader: string, known: KnownSeries): string[] {
  return [...walk(expr)].flatMap((each) => {
    if (each.kind !== "selector" || isRecorded(each.metric)) return [];
    const type = factsOf(known, each.metric)?.type;
    return type === "gauge" ? [`${reader} of ${each.metric}, which is no counter`] : [];
  });
}

/** Counters that are part of this expression without a function between; those in functions are met there. */
function directCounters(expr: Expr, known: KnownSeries): string[] {
  const parts = expr.kind === "binary" && !isNewlyThere(expr) ? [expr.left, expr.right] : [];
  const args = expr.kind === "aggregate" || expr.kind === "call" ? expr.args : [];
  return [...parts, ...args].flatMap((part) => {
    const inner = part.kind === "range" ? part.of : part;
    if (inner.kind !== "selector" || factsOf(known, inner.metric)?.type !== "counter") return [];
    return [`${inner.metric} is a counter: its number means nothing without rate or increase`];
  });
}

/** Rates over time whose range does not follow the step: they would skip what lies between two points. */
function fixedRanges(board: Parameters<BoardRule>[0]): string[] {
  return panelsOf(board).flatMap(({ id, title, targets = [] }) =>
    targets
      .filter(({ range, expr }) => range === true && expr !== undefined)
      .flatMap(({ expr = "", refId }) =>
        Array.from(expr.matchAll(/\b(?:rate|irate|increase)\s*\([^[\]]*\[([^\]]+)\]/g))
          .filter(([, range]) => !/\$\{?__(?:rate_interval|range)/.test(range ?? ""))
          .map(([, range]) => `panel ${id} "${title}" ${refId}: a rate over ${range}`),
      ),
  );
}
