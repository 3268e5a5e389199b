import { findingsOf } from "./findings-of.ts";
import {
  type FigureKey,
  type FigureValue,
  type RecordedFigure,
  sameValue,
} from "../../domain/coverage/figure.ts";
import type { FigureView } from "./figure-view.ts";
import type { Finding } from "./finding.ts";
import type { RowRule } from "./rule.ts";
import { isRepeated } from "./v11-duplicate.ts";
import { percent } from "./v01-percentage.ts";

/** V12: what is recorded already and differs is a correction; it needs a reason, or a person who accepts it. */
export const v12: RowRule = {
  id: "V12",
  needsPlace: true,
  judge: (view, context) =>
    findingsOf(view.keyed, (keyed): Finding[] => {
      const { figure, key, value } = keyed;
      const current = context.recorded.current(key);
      if (current === null || sameValue(current, value)) return [];
      if (isRepeated(view, keyed, context)) return [];
      return [correction(figure, key, { value, current, reason: context.scene.settings.reason })];
    }),
};

function correction(
  { stated }: FigureView,
  key: FigureKey,
  change: {
    readonly value: FigureValue;
    readonly current: RecordedFigure;
    readonly reason: string | null;
  },
): Finding {
  const { value, current, reason } = change;
  return {
    severity: reason === null ? "hold" : "warn",
    column: stated.columns.numerator ?? stated.columns.ratio,
    value: stated.numerator ?? (stated.statedRatio === null ? null : percent(stated.statedRatio)),
    detail: {
      code: reason === null ? "no_reason" : "correction",
      indicator: key.indicator,
      day: key.asOf,
      recorded: inWords(current),
      new: inWords(value),
      revision: current.revision,
      reason,
    },
  };
}

/** A value in few signs: `4.900/5.000` as `4900/5000`, a percentage, or the status. */
function inWords({ status, numerator, denominator, statedRatio }: FigureValue): string {
  if (numerator !== null)
    return denominator === null ? `${numerator}` : `${numerator}/${denominator}`;
  return statedRatio === null ? status : `${percent(statedRatio)} %`;
}
