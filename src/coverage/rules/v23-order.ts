import type { FigureView } from "./figure-view.ts";
import type { Finding } from "./finding.ts";
import { findingsOf } from "./findings-of.ts";
import type { RowContext, RowRule } from "./rule.ts";
import type { RowView } from "./row-view.ts";
import { siblingOf, type Sibling } from "./sibling.ts";

/**
 * V23: a part is not more than what it is a part of, as the definitions say (5G within at least 4G, using within able
 * within passed), and what excludes each other is not more than all of it. Both rows are refused where it takes two: which
 * of them is wrong can't be seen.
 */
export const v23: RowRule = {
  id: "V23",
  needsPlace: false,
  judge: (view, context) =>
    findingsOf(view.figures, (figure) =>
      findingsOf(CHECKS, (check) => check(figure, view, context)),
    ),
};

const CHECKS = [asPart, asWhole, inPartition] as const;

/** Against the nearest whole that the file has: without those who can get fibre, users are among those passed. */
function asPart(figure: FigureView, view: RowView, context: RowContext): readonly Finding[] {
  const { indicator } = figure;
  if (!indicator || indicator.partOf === null) return [];
  for (const code of context.scene.wholesOf(indicator.code)) {
    const whole = siblingOf(code, figure, view, context);
    if (whole === null || !isComparable(figure, whole)) continue;
    if (!isMore(figure, whole)) return [];
    const facts = { indicator: indicator.code, of: whole.indicator, other_row: whole.row };
    return [reject(figure, { code: "part_is_more", ...facts, ...numbers(figure, whole) })];
  }
  return [];
}

/** The same seen from the whole, where the part stands in another row. */
function asWhole(figure: FigureView, view: RowView, context: RowContext): readonly Finding[] {
  const { indicator } = figure;
  if (!indicator) return [];
  return findingsOf(nearestParts(indicator.code, figure, view, context), (part) => {
    if (part.row === null || part.value.numerator === null) return [];
    const { value } = figure;
    if (value === null || value.numerator === null || part.value.numerator <= value.numerator) {
      return [];
    }
    const facts = { indicator: indicator.code, part: part.indicator, other_row: part.row };
    return [reject(figure, { code: "whole_is_less", ...facts, ...numbers(figure, part) })];
  });
}

function inPartition(figure: FigureView, view: RowView, context: RowContext): readonly Finding[] {
  const { indicator, value } = figure;
  if (!indicator || indicator.partition === null || value === null) return [];
  const { numerator, denominator } = value;
  if (numerator === null || denominator === null) return [];
  const others = context.scene.register.indicators
    .filter(({ partition, code }) => partition === indicator.partition && code !== indicator.code)
    .map(({ code }) => code);
  const siblings = [...new Set(others)].flatMap((code) => {
    const found = siblingOf(code, figure, view, context);
    return found && found.value.denominator === denominator ? [found] : [];
  });
  const sum = siblings.reduce((all, each) => all + (each.value.numerator ?? 0), numerator);
  if (sum <= denominator || (siblings[0]?.row === null && !isFirst(figure, siblings, view)))
    return [];
  const facts = { indicator: indicator.code, of: siblings.map((each) => each.indicator) };
  return [reject(figure, { code: "add_up_to_more", ...facts, sum, denominator })];
}

/** Within one row it is told once, at the first of them. */
function isFirst(figure: FigureView, siblings: readonly Sibling[], { figures }: RowView): boolean {
  const codes = new Set([figure.stated.indicator, ...siblings.map(({ indicator }) => indicator)]);
  return figures.find(({ stated }) => codes.has(stated.indicator)) === figure;
}

/** The parts that the file has, and behind one that it lacks, the parts of that one. */
function nearestParts(
  code: string,
  figure: FigureView,
  view: RowView,
  context: RowContext,
): readonly Sibling[] {
  return context.scene.partsOf(code).flatMap((part) => {
    const found = siblingOf(part, figure, view, context);
    return found !== null && isComparable(figure, found)
      ? found
      : nearestParts(part, figure, view, context);
  });
}

function isComparable({ value }: FigureView, { value: other }: Sibling): boolean {
  if (value === null) return false;
  const counted = value.numerator !== null && other.numerator !== null;
  return counted || (value.statedRatio !== null && other.statedRatio !== null);
}

function isMore({ value }: FigureView, { value: whole }: Sibling): boolean {
  if (value === null) return false;
  if (value.numerator !== null && whole.numerator !== null)
    return value.numerator > whole.numerator;
  if (value.statedRatio === null || whole.statedRatio === null) return false;
  return value.statedRatio > whole.statedRatio;
}

function numbers({ value }: FigureView, { value: other }: Sibling) {
  const is = (each: typeof other | null) =>
    each?.numerator ?? (each?.statedRatio == null ? null : each.statedRatio * 100);
  return { number: is(value), other: is(other) };
}

function reject({ stated, value }: FigureView, detail: Finding["detail"]): Finding {
  return {
    severity: "reject_row",
    column: stated.columns.numerator ?? stated.columns.ratio,
    value: value?.numerator ?? stated.statedRatio,
    detail,
  };
}
