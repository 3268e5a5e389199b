import { findingsOf } from "./findings-of.ts";
import { remembered } from "../../domain/remembered.ts";
import { isQuarterEnd, quarterEnd } from "../../domain/coverage/quarter.ts";
import type { Finding } from "./finding.ts";
import type { FileRule, RowRule } from "./rule.ts";
import type { RowView } from "./row-view.ts";
import type { Scene } from "./scene.ts";

/** A file has few different days. */
const endsQuarter = remembered(1000, isQuarterEnd);

/** V20: the day is one, has been, is the last of a quarter, and the technology was there. */
export const v20: RowRule = {
  id: "V20",
  needsPlace: false,
  judge: (view, { scene }) => {
    const { row, statedDay, asOf, figures } = view;
    const here = { column: scene.headerOf(row.sheet, "as_of"), value: row.asOf };
    if (statedDay === null) {
      // A day that is there and can't be read was told when it was read.
      const unreadable = row.faults.some(
        ({ rule, severity }) => rule === "V20" && severity === "reject_row",
      );
      return unreadable ? [] : [{ ...here, ...reject("no_day", {}) }];
    }
    if (asOf === null) return [{ ...here, ...reject("not_a_day", { day: statedDay }) }];
    if (asOf > scene.settings.today) {
      return [{ ...here, ...reject("in_future", { day: asOf, today: scene.settings.today }) }];
    }
    const early = findingsOf(figures, (figure) => beforeItExisted(figure, asOf, scene));
    if (endsQuarter(asOf) || early.length > 0) return early;
    const detail = { code: "not_quarter_end", day: asOf, quarter_end: quarterEnd(asOf) };
    return [{ ...here, severity: "hold", detail }];
  },
};

/** V20 of a file: neither any of its rows nor the person who imports says which day it is of. */
export const v20File: FileRule = {
  id: "V20",
  judge: ({ rows, statesDay }, { settings }) =>
    rows === 0 || statesDay || settings.asOf !== null
      ? []
      : [{ severity: "reject_file", detail: { code: "file_without_day" } }],
};

function beforeItExisted(
  { stated, indicator }: RowView["figures"][number],
  asOf: string,
  scene: Scene,
): readonly Finding[] {
  // A definition says from when it counts; whether the technology was there is asked of every version.
  const known = scene.register.indicators.find(({ code }) => code === stated.indicator);
  const existsFrom = (indicator ?? known)?.existsFrom ?? null;
  if (existsFrom === null || asOf >= existsFrom) return [];
  const column = stated.columns.numerator ?? stated.columns.ratio;
  const facts = { indicator: stated.indicator, day: asOf, exists_from: existsFrom };
  return [{ column, value: stated.numerator, ...reject("before_it_existed", facts) }];
}

function reject(code: string, facts: Readonly<Record<string, string>>) {
  return { severity: "reject_row", detail: { code, ...facts } } as const;
}
