import { findingsOf } from "./findings-of.ts";
import { shareOf } from "./figure-view.ts";
import type { RowRule } from "./rule.ts";
import { percent } from "./v01-percentage.ts";

/** Spreadsheets keep fifteen digits: beyond nine decimals a difference is not one that somebody made. */
const MOST_DECIMALS = 7;
const NOISE = 1e-9;

/** V04: a percentage beside the counts is what they come to, as far as its own decimals say. */
export const v04: RowRule = {
  id: "V04",
  needsPlace: false,
  judge: ({ figures }) =>
    findingsOf(figures, ({ stated, ratio, ratioDecimals, value }) => {
      if (value === null || value.denominator === null || ratio === null) return [];
      const share = shareOf(value);
      if (share === null || ratio < 0 || ratio > 1) return [];
      const decimals = Math.min(ratioDecimals, MOST_DECIMALS);
      const rounding = 0.5 * 10 ** -(decimals + 2);
      if (Math.abs(share - ratio) <= rounding + NOISE) return [];
      const shown = Math.min(Math.max(decimals, 2), 4);
      const detail = {
        code: "differs",
        indicator: stated.indicator,
        computed: Number((share * 100).toFixed(shown)),
        numerator: value.numerator,
        denominator: value.denominator,
      };
      return [{ severity: "hold", detail, column: stated.columns.ratio, value: percent(ratio) }];
    }),
};
