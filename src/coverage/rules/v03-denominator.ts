import { findingsOf } from "./findings-of.ts";
import type { Finding } from "./finding.ts";
import type { FileRule, RowRule } from "./rule.ts";
import type { RowView } from "./row-view.ts";

/** V03: a numerator has what it is a part of beside it, and that is not 0. */
export const v03: RowRule = {
  id: "V03",
  needsPlace: false,
  judge: ({ figures, row }) =>
    findingsOf(figures, ({ stated, denominator, indicator, ratio }): Finding[] => {
      const { numerator, columns } = stated;
      if (stated.status !== "present" || indicator === null) return [];
      if (indicator.denominatorKind === null) return [];
      if (denominator === 0 && (numerator !== null || ratio !== null)) {
        const detail = { code: "zero_denominator", indicator: indicator.code, numerator };
        return [{ severity: "reject_row", detail, column: columns.denominator, value: 0 }];
      }
      if (numerator === null || !Number.isFinite(numerator) || denominator !== null) return [];
      // There is one, but it could not be read, and that is told.
      if (isUnread(columns.denominator, row)) return [];
      const detail = { code: "no_denominator", indicator: indicator.code, numerator };
      return [{ severity: "reject_row", detail, column: columns.denominator ?? columns.numerator }];
    }),
};

function isUnread(column: string | null, { faults }: RowView["row"]): boolean {
  return faults.some((fault) => fault.column === column && fault.severity === "reject_row");
}

/** V03 of a whole column: a percentage without counts is kept as it is and enters no sum. */
export const v03Column: FileRule = {
  id: "V03",
  judge: ({ percentages }) =>
    percentages.percentOnly().map(({ sheet, header }) => ({
      severity: "warn",
      sheet,
      column: header,
      detail: { code: "percent_only" },
    })),
};
