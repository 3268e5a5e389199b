import type { StatedFigure } from "../contract.ts";
import type { Finding } from "./finding.ts";
import { findingsOf } from "./findings-of.ts";
import type { FileRule, RowRule } from "./rule.ts";

/** V01: a percentage is one, 0–100. */
export const v01: RowRule = {
  id: "V01",
  needsPlace: false,
  judge: ({ figures, row }, { file }) =>
    findingsOf(figures, ({ ratio, stated }) => {
      if (ratio === null) return [];
      if (ratio >= 0 && ratio <= 1) {
        return file.percentages.isMixed(row.sheet, stated) ? [eitherOf(stated, ratio)] : [];
      }
      const detail = { code: ratio < 0 ? "below_0" : "above_100", indicator: stated.indicator };
      const value = percent(ratio);
      return [{ severity: "reject_row", detail, column: stated.columns.ratio, value }];
    }),
};

function eitherOf({ indicator, columns }: StatedFigure, ratio: number): Finding {
  const taken = percent(ratio);
  const detail = { code: "fraction_among_percentages", indicator, taken };
  return {
    severity: "hold",
    detail: { ...detail, instead: percent(ratio * 100) },
    column: columns.ratio,
    value: taken,
  };
}

/** V01 of a whole column: every number of it is within 0–1, so that 0.85 stands for 85 %. */
export const v01Column: FileRule = {
  id: "V01",
  judge: ({ percentages }) =>
    percentages.ratioColumns().map(({ sheet, header }) => ({
      severity: "warn",
      sheet,
      column: header,
      detail: { code: "column_of_ratios" },
    })),
};

/** A ratio as people write it, without the noise of floating point. */
export function percent(ratio: number): number {
  return Number((ratio * 100).toPrecision(12));
}
