import { findingsOf } from "./findings-of.ts";
import type { Finding } from "./finding.ts";
import type { FileRule, RowRule } from "./rule.ts";
import { newFigures } from "./new-figures.ts";

/**
 * V26: communes add up to what the same file says of their province. Which of them is wrong can't be seen, so that all
 * rows of that province with that indicator are held.
 */
export const v26: RowRule = {
  id: "V26",
  needsPlace: true,
  judge: (view, context) =>
    findingsOf(newFigures(view, context), ({ figure, key }): Finding[] => {
      const province = view.place.unitProvince?.id ?? null;
      const detail = context.file.conflicts.about(view.row.sheet, province, key);
      if (detail === null) return [];
      const { columns, numerator } = figure.stated;
      return [{ severity: "hold", column: columns.numerator, value: numerator, detail }];
    }),
};

/** V26 at the total rows themselves. */
export const v26Totals: FileRule = { id: "V26", judge: ({ conflicts }) => conflicts.findings };
