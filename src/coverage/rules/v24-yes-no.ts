import { findingsOf } from "./findings-of.ts";
import type { RowRule } from "./rule.ts";
import { siblingOf } from "./sibling.ts";

/** V24: a commune that has it has some of it, and one that has not has none: yes or no against the counts. */
export const v24: RowRule = {
  id: "V24",
  needsPlace: false,
  judge: (view, context) =>
    findingsOf(view.figures, (figure) => {
      const { indicator, value, stated } = figure;
      if (!indicator || indicator.shownBy === null || value?.denominator !== 1) return [];
      const yes = value.numerator === 1;
      // Where there is none nobody uses it either; where there is some, there need not be users.
      const parts = yes ? [] : context.scene.allPartsOf(indicator.shownBy);
      const shown = [indicator.shownBy, ...parts]
        .map((code) => siblingOf(code, figure, view, context))
        .find((each) => each !== null && isAgainst(yes, each.value.numerator));
      const count = shown?.value.numerator ?? null;
      if (!shown || count === null) return [];
      return [
        {
          severity: "hold",
          column: stated.columns.numerator,
          value: value.numerator,
          detail: {
            code: count > 0 ? "no_but_counted" : "yes_but_none",
            indicator: indicator.code,
            shown_by: shown.indicator,
            count,
          },
        },
      ];
    }),
};

function isAgainst(yes: boolean, count: number | null): boolean {
  return count !== null && yes !== count > 0;
}
