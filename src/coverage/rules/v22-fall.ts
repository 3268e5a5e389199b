import { findingsOf } from "./findings-of.ts";
import { earlierFigure } from "./earlier-figure.ts";
import type { RowRule } from "./rule.ts";
import { newFigures } from "./new-figures.ts";

/** V22: what only grows while nothing is torn down (households passed, sites) does not become less. */
export const v22: RowRule = {
  id: "V22",
  needsPlace: true,
  judge: (view, context) =>
    findingsOf(newFigures(view, context), (keyed) => {
      const { figure, key, value } = keyed;
      const { stated, indicator } = figure;
      if (!indicator?.cumulative || value.numerator === null) return [];
      const earlier = earlierFigure(keyed, context);
      const was = earlier?.value.numerator ?? null;
      if (earlier === null || was === null || value.numerator >= was) return [];
      const facts = { indicator: key.indicator, earlier_day: earlier.asOf, was };
      const detail = { code: "falls", ...facts, is: value.numerator };
      return [
        { severity: "hold", column: stated.columns.numerator, value: value.numerator, detail },
      ];
    }),
};
