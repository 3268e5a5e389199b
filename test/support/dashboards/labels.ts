import type { Expr, Matching } from "./promql.ts";
import { type KnownSeries, labelsInPrometheus } from "./series.ts";

/** What each series of a result is sure to carry; `null` is a number, which has no series. */
export type Labels = ReadonlySet<string> | null;

/** The labels of a result, and what is wrong with how the expression names labels. */
export interface LabelFacts {
  readonly labels: Labels;
  readonly faults: readonly string[];
}

/** Functions whose result is one number. */
const NUMBERS = new Set(["time", "scalar", "pi"]);

/** Functions whose result is a series without labels. */
const BARE = new Set(["vector", "absent", "absent_over_time"]);

/** Aggregations that pass series on instead of making new ones. */
const CHOOSING = new Set(["topk", "bottomk", "limitk", "limit_ratio"]);

const FILTERS = new Set(["and", "or", "unless"]);

/**
 * Follows labels through an expression: which ones its result carries, and where it names one that no series there
 * has, so that it never matches, groups by nothing, or takes a label from where there is none.
 */
export function followLabels(expr: Expr, known: KnownSeries): LabelFacts {
  const faults: string[] = [];
  const labels = follow(expr, known, (fault) => faults.push(fault));
  return { labels, faults };
}

type Report = (fault: string) => void;

type Present = ReadonlySet<string>;

function follow(expr: Expr, known: KnownSeries, report: Report): Labels {
  switch (expr.kind) {
    case "literal":
      return null;
    case "range":
      return follow(expr.of, known, report);
    case "selector":
      return selected(expr, known, report);
    case "call":
      return called(expr, known, report);
    case "aggregate":
      return aggregated(expr, known, report);
    case "binary":
      return combined(expr, known, report);
  }
}

type Kind<K extends Expr["kind"]> = Extract<Expr, { kind: K }>;

function selected({ metric, matchers }: Kind<"selector">, known: KnownSeries, report: Report) {
  const labels = labelsInPrometheus(known, metric);
  if (labels === null) {
    report(`there is no series ${metric}`);
    return new Set<string>();
  }
  for (const { label } of matchers) {
    if (label !== "__name__" && !labels.has(label)) report(`${metric} has no label ${label}`);
  }
  const empty = matchers.filter(({ op, value }) => op === "=" && value === "");
  return without(
    labels,
    empty.map(({ label }) => label),
  );
}

function called({ name, args }: Kind<"call">, known: KnownSeries, report: Report): Labels {
  const all = args.map((arg) => follow(arg, known, report));
  if (NUMBERS.has(name)) return null;
  if (name === "vector") return new Set();
  if (BARE.has(name)) return equalities(args[0]);
  const labels = all.find((each) => each !== null) ?? new Set<string>();
  if (name === "histogram_quantile") {
    if (!labels.has("le")) report("histogram_quantile needs the label le");
    return without(labels, ["le"]);
  }
  if (name !== "label_replace" && name !== "label_join") return labels;
  const texts = args.map((arg) => (arg.kind === "literal" ? arg.text.slice(1, -1) : ""));
  const sources = name === "label_replace" ? [texts[3] ?? ""] : texts.slice(3);
  for (const source of sources) {
    if (source !== "" && !labels.has(source)) report(`${name} reads ${source}, which is not there`);
  }
  return new Set([...labels, texts[1] ?? ""]);
}

/** What `absent()` of a selector carries: the labels that it is asked for by `=`. */
function equalities(arg: Expr | undefined): ReadonlySet<string> {
  const matchers = arg?.kind === "selector" ? arg.matchers : [];
  return new Set(matchers.filter(({ op }) => op === "=").map(({ label }) => label));
}

function aggregated(expr: Kind<"aggregate">, known: KnownSeries, report: Report): Labels {
  const inner = expr.args.map((arg) => follow(arg, known, report)).find((each) => each !== null);
  const present = inner ?? new Set<string>();
  if (CHOOSING.has(expr.op)) return present;
  for (const label of expr.labels) {
    if (!present.has(label)) report(`${expr.op} ${expr.by} ${label}, which is not there`);
  }
  if (expr.by === "without") return without(present, expr.labels);
  const [named] = expr.op === "count_values" ? expr.args : [];
  const added = named?.kind === "literal" ? [named.text.slice(1, -1)] : [];
  return new Set([...expr.labels.filter((label) => present.has(label)), ...added]);
}

function combined(expr: Kind<"binary">, known: KnownSeries, report: Report): Labels {
  const left = follow(expr.left, known, report);
  const right = follow(expr.right, known, report);
  if (left === null || right === null) return left ?? right;
  if (expr.matching) checkMatching(expr.matching, left, right, report);
  else if (expr.op !== "or" && !same(left, right)) {
    report(`${expr.op} matches {${list(left)}} with {${list(right)}}, which are never equal`);
  }
  if (expr.op === "or") return new Set([...left].filter((label) => right.has(label)));
  if (FILTERS.has(expr.op) || !expr.matching) return left;
  return matched(expr.matching, left, right);
}

function checkMatching(matching: Matching, left: Present, right: Present, report: Report) {
  const { by, labels, group, include } = matching;
  const sides = [left, right];
  for (const label of labels) {
    if (by === "on" && sides.some((side) => !side.has(label)))
      report(`on ${label}, which one side does not have`);
  }
  if (by === "ignoring" && group === null && !same(without(left, labels), without(right, labels)))
    report(`ignoring ${labels.join(", ")} leaves labels that are never equal`);
  const one = group === "left" ? right : left;
  for (const label of include)
    if (!one.has(label)) report(`group_${group ?? ""} takes ${label}, which is not there`);
}

function matched({ by, labels, group, include }: Matching, left: Present, right: Present) {
  if (group !== null) return new Set([...(group === "left" ? left : right), ...include]);
  return by === "on" ? new Set(labels) : without(left, labels);
}

function without(labels: ReadonlySet<string>, taken: readonly string[]): Set<string> {
  return new Set([...labels].filter((label) => !taken.includes(label)));
}

function same(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((label) => other.has(label));
}

function list(labels: ReadonlySet<string>): string {
  return [...labels].toSorted().join(", ");
}
