import { findingsOf } from "./findings-of.ts";
import { type EarlierFigure, earlierFigure } from "./earlier-figure.ts";
import { shareOf } from "./figure-view.ts";
import type { Finding } from "./finding.ts";
import type { RowRule } from "./rule.ts";
import { newFigures } from "./new-figures.ts";
import type { KeyedFigure } from "./row-view.ts";

const MOST_POINTS = 0.2;
const MOST_GROWTH = 0.1;
const NOISE = 1e-9;

/** V21: a share moves by 20 points at most, and what it is a part of by a tenth, from one figure to the next. */
export const v21: RowRule = {
  id: "V21",
  needsPlace: true,
  judge: (view, context) =>
    findingsOf(newFigures(view, context), (keyed) => {
      const earlier = earlierFigure(keyed, context);
      return earlier === null ? [] : compare(keyed, earlier);
    }),
};

function compare({ figure, key, value }: KeyedFigure, earlier: EarlierFigure): readonly Finding[] {
  const { stated } = figure;
  // One commune that has it or not: its share can only jump.
  if (value.denominator === 1) return [];
  const facts = { indicator: key.indicator, earlier_day: earlier.asOf };
  const found: Finding[] = [];
  const [was, is] = [shareOf(earlier.value), shareOf(value)];
  if (was !== null && is !== null && Math.abs(is - was) > MOST_POINTS + NOISE) {
    found.push({
      severity: "hold",
      column: stated.columns.numerator ?? stated.columns.ratio,
      value: stated.numerator ?? oneDecimal(is),
      detail: { code: "share_jumps", ...facts, was: oneDecimal(was), is: oneDecimal(is) },
    });
  }
  const before = earlier.value.denominator;
  const { denominator } = value;
  if (before !== null && denominator !== null) {
    if (Math.abs(denominator - before) <= MOST_GROWTH * before + NOISE) return found;
    found.push({
      severity: "hold",
      column: stated.columns.denominator,
      value: denominator,
      detail: { code: "denominator_jumps", ...facts, was: before, is: denominator },
    });
  }
  return found;
}

function oneDecimal(ratio: number): number {
  return Math.round(ratio * 1000) / 10;
}
