import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";

/** One condition on a label, with the value as it is meant, unquoted. */
export interface Matcher {
  readonly label: string;
  readonly op: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** Which labels the two sides of an operator must share, and which one of them has more. */
export interface Matching {
  readonly by: "on" | "ignoring";
  readonly labels: readonly string[];
  /** The side that may have several series per match, and what it takes of the other one. */
  readonly group: "left" | "right" | null;
  readonly include: readonly string[];
}

/** An expression of PromQL, parentheses taken away. */
export type Expr =
  | {
      readonly kind: "selector";
      readonly metric: string;
      readonly matchers: readonly Matcher[];
    }
  /** `expr[range]` or `expr[range:step]`; the range as it is written. */
  | { readonly kind: "range"; readonly of: Expr; readonly range: string; readonly sub: boolean }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expr[] }
  | {
      readonly kind: "aggregate";
      readonly op: string;
      readonly by: "by" | "without";
      readonly labels: readonly string[];
      readonly args: readonly Expr[];
    }
  | {
      readonly kind: "binary";
      readonly op: string;
      readonly bool: boolean;
      readonly matching: Matching | null;
      readonly left: Expr;
      readonly right: Expr;
    }
  | { readonly kind: "literal"; readonly text: string };

/** Reads an expression whose variables are expanded; throws with the place where it is not PromQL. */
export function parsePromql(text: string): Expr {
  const tree = parser.configure({ top: "PromQL" }).parse(text);
  tree.iterate({
    enter({ type, from }) {
      if (type.isError) {
        throw new Error(`not PromQL at ${from} (${text.slice(from, from + 20)}): ${text}`);
      }
    },
  });
  const root = children(tree.topNode).find(({ name }) => name !== "LineComment");
  if (!root) throw new Error(`no expression: ${text}`);
  return read(root, text);
}

/** The expression and all that it is made of. */
export function* walk(expr: Expr): Generator<Expr> {
  yield expr;
  for (const part of partsOf(expr)) yield* walk(part);
}

/** Whether an expression finds series that were not there before: `x unless x offset 1h`, offsets being left out here. */
export function isNewlyThere(expr: Expr): boolean {
  return (
    expr.kind === "binary" &&
    expr.op === "unless" &&
    JSON.stringify(expr.left) === JSON.stringify(expr.right)
  );
}

/** What an expression is made of directly. */
function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "range":
      return [expr.of];
    case "call":
    case "aggregate":
      return expr.args;
    case "binary":
      return [expr.left, expr.right];
    default:
      return [];
  }
}

const UNWRAPPED = new Set([
  "ParenExpr",
  "UnaryExpr",
  "OffsetExpr",
  "StepInvariantExpr",
  "AnchoredExpr",
  "SmoothedExpr",
]);

function read(node: SyntaxNode, text: string): Expr {
  const { name } = node;
  const slice = (part: SyntaxNode) => text.slice(part.from, part.to);
  const parts = children(node);
  if (UNWRAPPED.has(name)) return read(parts.find(isExpr) ?? node, text);
  if (name === "VectorSelector") return selector(parts, text);
  if (name === "MatrixSelector" || name === "SubqueryExpr") {
    const of = parts.find(isExpr) as SyntaxNode;
    const duration = parts.find((part) => part.name === "DurationExpr") as SyntaxNode;
    return {
      kind: "range",
      of: read(of, text),
      range: slice(duration),
      sub: name === "SubqueryExpr",
    };
  }
  if (name === "FunctionCall") {
    const [called, body] = parts as [SyntaxNode, SyntaxNode];
    return { kind: "call", name: slice(called), args: argsOf(body, text) };
  }
  if (name === "AggregateExpr") return aggregate(parts, text);
  if (name === "BinaryExpr") return binary(parts, text);
  return { kind: "literal", text: slice(node) };
}

function selector(parts: readonly SyntaxNode[], text: string): Expr {
  const named = parts.find(({ name }) => name === "Identifier");
  const list = parts.find(({ name }) => name === "LabelMatchers");
  const matchers = (list ? children(list) : [])
    .filter(({ name }) => name.endsWith("LabelMatcher"))
    .map((matcher): Matcher => {
      const [label, op, value] = children(matcher).map((part) => text.slice(part.from, part.to));
      return { label: label ?? "", op: op as Matcher["op"], value: unquoted(value ?? "") };
    });
  const byName = matchers.find(({ label, op }) => label === "__name__" && op === "=");
  const metric = named ? text.slice(named.from, named.to) : (byName?.value ?? "");
  return { kind: "selector", metric, matchers };
}

function aggregate(parts: readonly SyntaxNode[], text: string): Expr {
  const [op] = parts as [SyntaxNode];
  const modifier = parts.find(({ name }) => name === "AggregateModifier");
  const body = parts.find(({ name }) => name === "FunctionCallBody") as SyntaxNode;
  const [word, grouping] = modifier ? children(modifier) : [];
  return {
    kind: "aggregate",
    op: text.slice(op.from, op.to).toLowerCase(),
    by: word?.name === "Without" ? "without" : "by",
    labels: grouping ? labelsOf(grouping, text) : [],
    args: argsOf(body, text),
  };
}

function binary(parts: readonly SyntaxNode[], text: string): Expr {
  const [left, right] = parts.filter(isExpr) as [SyntaxNode, SyntaxNode];
  const op = parts.find((part) => part.from >= left.to && part !== right) as SyntaxNode;
  const clause = parts.find(({ name }) => name === "MatchingModifierClause");
  return {
    kind: "binary",
    op: text.slice(op.from, op.to).toLowerCase(),
    bool: parts.some(({ name }) => name === "BoolModifier"),
    matching: clause ? matchingOf(children(clause), text) : null,
    left: read(left, text),
    right: read(right, text),
  };
}

function matchingOf(parts: readonly SyntaxNode[], text: string): Matching {
  const [labels, include] = parts.filter(({ name }) => name === "GroupingLabels");
  const has = (name: string) => parts.some((part) => part.name === name);
  const right = has("GroupRight") ? "right" : null;
  return {
    by: has("On") ? "on" : "ignoring",
    labels: labels ? labelsOf(labels, text) : [],
    group: has("GroupLeft") ? "left" : right,
    include: include ? labelsOf(include, text) : [],
  };
}

function argsOf(body: SyntaxNode, text: string): Expr[] {
  return children(body)
    .filter(isExpr)
    .map((part) => read(part, text));
}

function labelsOf(grouping: SyntaxNode, text: string): string[] {
  return children(grouping)
    .filter(({ name }) => name === "LabelName")
    .map((part) => text.slice(part.from, part.to));
}

function isExpr({ name }: SyntaxNode): boolean {
  return /^(?:.*Expr|FunctionCall|.*Selector|NumberDurationLiteral|StringLiteral)$/.test(name);
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

/** What a quoted string of PromQL stands for. */
function unquoted(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith("`")) return inner;
  return inner.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
}
