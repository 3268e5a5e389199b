import { findingsOf } from "./findings-of.ts";
import { isCount } from "./figure-view.ts";
import type { Finding } from "./finding.ts";
import type { RowRule } from "./rule.ts";

/** No unit of a level has more of anything that is counted: the largest commune has a quarter of a million people. */
const MOST = { commune: 1_000_000, province: 50_000_000, country: 1_000_000_000 };

/** V02: what is counted is a whole number, not below 0, and no more than what it is counted among. */
export const v02: RowRule = {
  id: "V02",
  needsPlace: false,
  judge: ({ figures, row }) =>
    findingsOf(figures, ({ stated, denominator, indicator }) => {
      const { numerator, columns } = stated;
      const facts = { indicator: stated.indicator };
      const most = MOST[row.place.level];
      const found: Finding[] = [
        ...count(numerator, most, columns.numerator, facts),
        ...count(denominator, most, columns.denominator, facts),
      ];
      if (found.length > 0 || numerator === null || denominator === null) return found;
      const oneCommune = indicator?.denominatorKind === "communes" && row.place.level === "commune";
      if (oneCommune && denominator > 1) {
        const detail = { code: "more_than_one_commune", ...facts };
        return [reject(detail, columns.denominator, denominator)];
      }
      if (numerator <= denominator || denominator === 0) return [];
      const detail = { code: "more_than_all", ...facts, numerator, denominator };
      return [reject(detail, columns.numerator, numerator)];
    }),
};

function count(
  value: number | null,
  most: number,
  column: string | null,
  facts: { readonly indicator: string },
): readonly Finding[] {
  if (value === null || (isCount(value) && value <= most)) return [];
  const code = value < 0 ? "negative" : Number.isInteger(value) ? "too_large" : "not_whole";
  return [reject({ code, ...facts }, column, value)];
}

function reject(detail: Finding["detail"], column: string | null, value: number): Finding {
  return { severity: "reject_row", detail, column, value };
}
